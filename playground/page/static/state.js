// What the page knows, and who wants to hear of changes.

export const state = {
  app: { name: "", user: "", home: false, assists: false },
  workspace: "",
  people: new Map(),
  names: {},
  commands: [],
  shortcuts: [],
  tour: null,
  clock: { now: "", pretend: false },
  user: "",
  channels: [],
  place: { kind: "channel", id: "" }, // kind: channel, or home for the app's home tab
  thread: "",
  read: new Map(), // per person and channel, the newest timestamp they have looked at
};

const listeners = new Map();

export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

export function tell(kind, details) {
  for (const listener of listeners.get(kind) ?? []) listener(details);
}

export function me() {
  return state.people.get(state.user);
}

export function channelNow() {
  return state.channels.find((one) => one.id === state.place.id);
}

export function nameOf(userId) {
  return state.people.get(userId)?.real_name ?? userId;
}

// What a conversation is called by the person who looks at it.
export function titleOf(channel) {
  if (!channel) return "";
  if (channel.kind !== "im" && channel.kind !== "mpim") return channel.name;
  const others = channel.members.filter((one) => one !== state.user);
  return (others.length ? others : channel.members).map(nameOf).join(", ");
}

export function isRead(channel) {
  return !channel.newest || Number(channel.newest) <= Number(state.read.get(`${state.user} ${channel.id}`) ?? 0);
}

export function markRead(channel) {
  if (channel?.newest) state.read.set(`${state.user} ${channel.id}`, channel.newest);
}
