// Emoji by their short names. A name that is not here stays as text.

const NAMES = {
  "+1": "👍", "-1": "👎", alarm_clock: "⏰", arrow_down: "⬇️", arrow_left: "⬅️", arrow_right: "➡️", arrow_up: "⬆️",
  arrow_upper_right: "↗️", arrow_lower_right: "↘️", ballot_box_with_check: "☑️", bangbang: "‼️", bar_chart: "📊",
  bell: "🔔", black_circle: "⚫", bookmark: "🔖", books: "📚", bridge_at_night: "🌉", bug: "🐛", bulb: "💡",
  busts_in_silhouette: "👥", calendar: "📅", card_index_dividers: "🗂️", chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈", checkered_flag: "🏁", clap: "👏", clipboard: "📋", clock3: "🕒", compass: "🧭",
  construction: "🚧", dart: "🎯", date: "📆", door: "🚪", envelope: "✉️", exclamation: "❗", eyes: "👀",
  file_folder: "📁", fire: "🔥", gear: "⚙️", globe_with_meridians: "🌐", grey_exclamation: "❕", grey_question: "❔",
  green_heart: "💚", handshake: "🤝", heart: "❤️", heavy_check_mark: "✔️", heavy_minus_sign: "➖",
  heavy_plus_sign: "➕", hourglass: "⌛", hourglass_flowing_sand: "⏳", house: "🏠", inbox_tray: "📥",
  information_source: "ℹ️", key: "🔑", label: "🏷️", large_blue_circle: "🔵", large_blue_square: "🟦",
  large_green_circle: "🟢", large_green_square: "🟩", large_orange_circle: "🟠", large_orange_square: "🟧",
  large_purple_circle: "🟣", large_red_square: "🟥", large_yellow_circle: "🟡", large_yellow_square: "🟨", link: "🔗",
  lock: "🔒", loudspeaker: "📢", mag: "🔍", mega: "📣", memo: "📝", microscope: "🔬", money_with_wings: "💸",
  moneybag: "💰", mute: "🔇", no_bell: "🔕", no_entry: "⛔", no_entry_sign: "🚫", ok_hand: "👌", one: "1️⃣",
  outbox_tray: "📤", package: "📦", page_facing_up: "📄", paperclip: "📎", pause_button: "⏸️", pencil: "✏️",
  pencil2: "✏️", pray: "🙏", pushpin: "📌", question: "❓", raised_hand: "✋", raised_hands: "🙌", recycle: "♻️",
  red_circle: "🔴", repeat: "🔁", robot_face: "🤖", rocket: "🚀", rotating_light: "🚨", scales: "⚖️", seedling: "🌱",
  shield: "🛡️", slightly_smiling_face: "🙂", smile: "😄", snail: "🐌", sparkles: "✨", speech_balloon: "💬", star: "⭐",
  stopwatch: "⏱️", sunny: "☀️", tada: "🎉", test_tube: "🧪", thinking_face: "🤔", three: "3️⃣", thumbsup: "👍",
  thumbsdown: "👎", traffic_light: "🚦", triangular_flag_on_post: "🚩", trophy: "🏆", two: "2️⃣", unlock: "🔓",
  vertical_traffic_light: "🚦", warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", wrench: "🔧",
  white_large_square: "⬜", x: "❌", zap: "⚡", zzz: "💤", bell_with_slash: "🔕", medal: "🏅", four: "4️⃣", five: "5️⃣",
};

/** The character of a short name, or null. Skin tones ("name::skin-tone-2") are ignored. */
export const emoji = (name) => NAMES[name.split("::")[0]] || null;

/** Text with known `:short_names:` replaced; for plain_text with `emoji` on. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) || whole);
