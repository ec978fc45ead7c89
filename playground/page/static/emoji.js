// The emoji names that apps use most. Others stay as they were written.

const KNOWN = {
  "+1": "👍", "-1": "👎", thumbsup: "👍", thumbsdown: "👎", white_check_mark: "✅", heavy_check_mark: "✔️",
  ballot_box_with_check: "☑️", x: "❌", warning: "⚠️", wave: "👋", tada: "🎉", bell: "🔔", no_bell: "🔕",
  calendar: "📅", spiral_calendar_pad: "🗓️", date: "📅", clock3: "🕒", alarm_clock: "⏰", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", eyes: "👀", memo: "📝", pencil: "📝", pencil2: "✏️", pushpin: "📌", mag: "🔍",
  bulb: "💡", lock: "🔒", unlock: "🔓", key: "🔑", gear: "⚙️", wrench: "🔧", hammer: "🔨", scales: "⚖️",
  classical_building: "🏛️", hospital: "🏥", office: "🏢", house: "🏠", people_holding_hands: "🧑‍🤝‍🧑",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", raised_hand: "✋", raising_hand: "🙋", pray: "🙏",
  clap: "👏", handshake: "🤝", speech_balloon: "💬", thought_balloon: "💭", mega: "📣", loudspeaker: "📢",
  email: "✉️", envelope: "✉️", inbox_tray: "📥", outbox_tray: "📤", paperclip: "📎", link: "🔗", page_facing_up: "📄",
  clipboard: "📋", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", star: "⭐",
  sparkles: "✨", fire: "🔥", rocket: "🚀", zap: "⚡", question: "❓", grey_question: "❔", exclamation: "❗",
  information_source: "ℹ️", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", recycle: "♻️",
  heavy_plus_sign: "➕", heavy_minus_sign: "➖", no_entry: "⛔", no_entry_sign: "🚫", red_circle: "🔴",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠",
  white_circle: "⚪", black_circle: "⚫", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", six: "6️⃣",
  smile: "😄", slightly_smiling_face: "🙂", grinning: "😀", joy: "😂", thinking_face: "🤔", heart: "❤️",
  robot_face: "🤖", seedling: "🌱", evergreen_tree: "🌲", sunny: "☀️", cloud: "☁️", coffee: "☕", trash: "🗑️", wastebasket: "🗑️",
};

export function emoji(name) {
  return KNOWN[name];
}
