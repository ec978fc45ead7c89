// What a Hubot is taught: to answer, in a thread too, and to set a topic.

export default (robot) => {
  robot.hear(/open the pod bay doors/i, async (response) => { await response.send("I’m sorry, Dave."); });
  robot.respond(/echo (.*)/i, async (response) => { await response.reply(response.match[1]); });
  robot.respond(/topic (.*)/i, async (response) => { await robot.adapter.client.setTopic(response.message.room, response.match[1]); });
};
