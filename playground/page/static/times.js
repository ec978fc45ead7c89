// Instants as a person reads them, in their own zone.

import { me, state } from "./state.js";

function zone() {
  return me()?.zone ?? "UTC";
}

export function shownIn(at, options) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone(), ...options }).format(at);
}

export function ofTs(ts) {
  return new Date(Number(ts) * 1000);
}

export function timeOf(ts) {
  return shownIn(ofTs(ts), { hour: "numeric", minute: "2-digit" });
}

export function dayOf(at) {
  return shownIn(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

export function longTime(at) {
  return shownIn(at, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });
}

function pretty(at, otherwise) {
  const today = new Date(state.clock.now);
  const day = (moved) => dayOf(new Date(today.getTime() + moved * 86_400_000));
  const near = { [day(0)]: "Today", [day(-1)]: "Yesterday", [day(1)]: "Tomorrow" }[dayOf(at)];
  return near ?? otherwise;
}

// Slack's date formats, such as {date_short_pretty} or {time}.
export function formatted(epoch, format) {
  const at = new Date(Number(epoch) * 1000);
  const short = shownIn(at, { month: "short", day: "numeric", year: "numeric" });
  const plain = shownIn(at, { month: "long", day: "numeric", year: "numeric" });
  const long = dayOf(at);
  const shown = {
    date_num: shownIn(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
    date_slash: shownIn(at, { month: "numeric", day: "numeric", year: "numeric" }),
    date: plain, date_short: short, date_long: long,
    date_pretty: pretty(at, plain), date_short_pretty: pretty(at, short), date_long_pretty: pretty(at, long),
    day_divider_pretty: pretty(at, long),
    time: shownIn(at, { hour: "numeric", minute: "2-digit" }),
    time_secs: shownIn(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
    ago: short,
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => shown[name] ?? whole);
}

// For a datetime picker: an instant as local date and time in the person's zone, and back.
export function toLocal(epoch) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), dateStyle: "short", timeStyle: "short" }).format(new Date(epoch * 1000));
  return parts.replace(" ", "T");
}

export function fromLocal(written) {
  const guess = Date.parse(`${written}:00Z`) / 1000;
  const off = Date.parse(`${toLocal(guess)}:00Z`) / 1000 - guess;
  const first = guess - off;
  const again = Date.parse(`${toLocal(first)}:00Z`) / 1000 - first;
  return guess - again;
}
