// Times in a person's zone. All stamps are milliseconds since 1970 unless a name says otherwise.

const formats = new Map();

function format(zone, options) {
  const key = `${zone} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key);
}

/** Milliseconds of a message's `ts` ("seconds.serial"). */
export const ofTs = (ts) => Math.floor(Number.parseFloat(ts) * 1000);

export const clockTime = (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(at);

export const longDay = (at, zone) => format(zone, { weekday: "long", day: "numeric", month: "long" }).format(at);

export const fullMoment = (at, zone) =>
  format(zone, {
    weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
    timeZoneName: "short",
  }).format(at);

export const shortMoment = (at, zone) =>
  format(zone, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(at);

/** The wall clock of a zone as {year, month, day, hour, minute, second, weekday (0 = Sunday)}. */
export function wallClock(at, zone) {
  const parts = {};
  const options = {
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
    hourCycle: "h23",
  };
  for (const { type, value } of format(zone, options).formatToParts(at)) {
    if (type !== "literal") parts[type] = Number(value);
  }
  parts.weekday = new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay();
  return parts;
}

/** The moment at which a zone's wall clock shows this. A time that a clock change skips gives the one after it. */
export function momentOf({ year, month, day, hour = 0, minute = 0 }, zone) {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const shown = (at) => {
    const wall = wallClock(at, zone);
    return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  };
  let at = wanted;
  for (let round = 0; round < 3; round += 1) {
    const off = wanted - shown(at);
    if (off === 0) return at;
    at += off;
  }
  return at;
}

/** Next Monday 9:00 of a zone, strictly after `at`. */
export function nextMonday(at, zone) {
  const wall = wallClock(at, zone);
  const ahead = (8 - wall.weekday) % 7;
  const monday = (days) => {
    const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
    const calendar = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    return momentOf({ ...calendar, hour: 9 }, zone);
  };
  return monday(ahead) > at ? monday(ahead) : monday(ahead + 7);
}

const two = (number) => String(number).padStart(2, "0");

/** The value of a datetime-local field. */
export function toField(at, zone) {
  const wall = wallClock(at, zone);
  return `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}T${two(wall.hour)}:${two(wall.minute)}`;
}

/** The moment a datetime-local field shows, or null when it is empty. */
export function fromField(text, zone) {
  const match = /^(\d{4,})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1).map(Number);
  return momentOf({ year, month, day, hour, minute }, zone);
}

/** Slack's date format string, such as "{date_short} at {time}", for a unix second. */
export function dateTokens(seconds, text, zone, now) {
  const at = seconds * 1000;
  const dayNumber = (moment) => {
    const wall = wallClock(moment, zone);
    return Date.UTC(wall.year, wall.month - 1, wall.day) / 86400000;
  };
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayNumber(at) - dayNumber(now)];
  const day = (options) => format(zone, { day: "numeric", year: "numeric", ...options }).format(at);
  const wall = wallClock(at, zone);
  const plain = {
    date_num: () => `${wall.year}-${two(wall.month)}-${two(wall.day)}`,
    date_slash: () => `${two(wall.month)}/${two(wall.day)}/${wall.year}`,
    date: () => day({ month: "long" }),
    date_short: () => day({ month: "short" }),
    date_long: () => day({ month: "long", weekday: "long" }),
    time: () => clockTime(at, zone),
    time_secs: () => format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(at),
    ago: () => ago(at, now),
    day_divider_pretty: () => near || longDay(at, zone),
  };
  return text.replace(/\{([a-z_]+)\}/g, (whole, name) => {
    if (name in plain) return plain[name]();
    const base = name.replace(/_pretty$/, "");
    return base !== name && base in plain ? near || plain[base]() : whole;
  });
}

function ago(at, now) {
  const units = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]];
  const seconds = Math.round((at - now) / 1000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) || ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}
