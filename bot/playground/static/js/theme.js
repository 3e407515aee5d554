// Light and dark: what the system asks for, until the person chooses.

const KEY = "bridgehead-playground-theme";

// Storage can be forbidden by the browser's settings; the choice then lasts as long as the page.
function stored(write) {
  try {
    if (write !== undefined) localStorage.setItem(KEY, write);
    return localStorage.getItem(KEY);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

const system = window.matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => (document.documentElement.dataset.theme || (system.matches ? "dark" : "light")) === "dark";

/** Applies an earlier choice. `onChange` runs when the system or the person changes the theme. */
export function startTheme(onChange) {
  const choice = stored();
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  system.addEventListener("change", onChange);
}

export function switchTheme() {
  const next = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  stored(next);
}
