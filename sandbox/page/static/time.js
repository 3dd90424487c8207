// Moments, written as people in London read them.

const ZONE = { timeZone: "Europe/London" };
const CLOCK = new Intl.DateTimeFormat("en-GB", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const DATE = new Intl.DateTimeFormat("en-GB", { ...ZONE, weekday: "short", day: "numeric", month: "short", year: "numeric" });
const LONG_DATE = new Intl.DateTimeFormat("en-GB", { ...ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT_DATE = new Intl.DateTimeFormat("en-GB", { ...ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const PLAIN_DATE = new Intl.DateTimeFormat("en-GB", { ...ZONE, day: "numeric", month: "long", year: "numeric" });
const AGO = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
const UNITS = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export const clockTime = (moment) => CLOCK.format(moment);
export const date = (moment) => DATE.format(moment);
export const longDate = (moment) => LONG_DATE.format(moment);

/** Say how far off a moment is, as Discord's relative timestamps do. */
export function ago(moment, now) {
  const seconds = Math.round((moment - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return AGO.format(Math.trunc(seconds / size), unit);
}

/** Write a `<t:…:style>` timestamp. */
export function stamped(moment, style, now) {
  const written = {
    t: () => clockTime(moment),
    T: () => clockTime(moment),
    d: () => SHORT_DATE.format(moment),
    D: () => PLAIN_DATE.format(moment),
    F: () => `${longDate(moment)} at ${clockTime(moment)}`,
    R: () => ago(moment, now),
  };
  return (written[style] ?? (() => `${PLAIN_DATE.format(moment)} at ${clockTime(moment)}`))();
}

/** Say when a message was sent, as shortly as its day allows. */
export function sentWhen(moment, now) {
  return date(moment) === date(now) ? clockTime(moment) : `${date(moment)}, ${clockTime(moment)}`;
}
