/** One page; what it shows hangs on the path. Live updates come over Engine.IO's WebSocket, spoken here in few lines. */
const view = document.querySelector("#view");
const kept = {
  get token() {
    return localStorage.getItem("token");
  },
  set token(value) {
    localStorage.setItem("token", value);
  },
};

async function ask(path, body, method = body ? "POST" : "GET") {
  const answer = await fetch(path, {
    method,
    headers: {
      ...(kept.token && { authorization: `Bearer ${kept.token}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
}

function show(title, ...parts) {
  document.title = `${title} · Snuggles`;
  const heading = document.createElement("h1");
  heading.textContent = title;
  view.replaceChildren(heading, ...parts);
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

function form(fields, label, submit) {
  const made = document.createElement("form");
  for (const [name, told] of Object.entries(fields)) {
    const line = element("label", told);
    line.append(Object.assign(document.createElement("input"), { name, required: true }));
    made.append(line);
  }
  const said = element("p", "", { className: "error", role: "alert" });
  made.append(element("button", label), said);
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      await submit(Object.fromEntries(new FormData(made)));
    } catch (thrown) {
      said.textContent = thrown.message;
    }
  });
  return made;
}

/** Socket.IO over one WebSocket: comes back by itself when the service restarts. */
function live(code, hear) {
  const socket = new WebSocket(
    `${location.origin.replace(/^http/, "ws")}/socket.io/?EIO=4&transport=websocket`,
  );
  const send = (text) => socket.send(text);
  socket.addEventListener("message", ({ data }) => {
    if (data[0] === "0") send(`40${JSON.stringify({ token: kept.token })}`);
    if (data === "2") send("3");
    if (data.startsWith("40")) send(`42${JSON.stringify(["room:watch", { code }])}`);
    if (data.startsWith("42")) hear(...JSON.parse(data.slice(2)));
  });
  socket.addEventListener("close", () => setTimeout(() => live(code, hear), 1_000));
}

async function room(code) {
  const { name } = await ask(`/api/rooms/${code}/join`, {});
  const list = document.createElement("ul");
  const add = ({ body }) => list.append(element("li", body));
  for (const message of (await ask(`/api/rooms/${code}/messages`)).messages) add(message);
  live(code, (event, data) => {
    if (event === "room:message" && data) add(data);
    if (event === "poll:results") list.append(element("li", `Votes: ${data.results.join(" / ")}`));
  });
  const talk = form({ text: "Say something" }, "Send", (fields) =>
    ask(`/api/rooms/${code}/messages`, fields),
  );
  const vote = form(
    { question: "Ask the room", first: "One answer", second: "Another" },
    "Open the poll",
    (fields) =>
      ask(`/api/rooms/${code}/polls`, { question: fields.question, options: [fields.first, fields.second] }),
  );
  show(`${name} (${code})`, list, talk, vote);
}

const VIEWS = {
  "/spaces"() {
    const open = form({ name: "Name of the room" }, "Open a room", async ({ name }) => {
      const { code } = await ask("/api/rooms", { name });
      await room(code);
    });
    const join = form({ code: "Code" }, "Join", ({ code }) => room(code));
    show("Rooms", open, join);
  },
  "/clips"() {
    const make = form({ room: "Code of the room", title: "Title" }, "Make a clip", async (fields) => {
      const { id } = await ask("/api/clips", fields);
      const { status } = await ask(`/api/clips/${id}`);
      show("Clips", element("p", `Your clip is ${status}.`));
    });
    show("Clips", make);
  },
  async "/pricing"() {
    const { tiers } = await ask("/api/tiers");
    const cards = tiers.map(({ tier, name, priceMinor }) => {
      const card = element("section", "", { className: "card" });
      card.append(element("h2", name), element("p", `$${(priceMinor / 100).toFixed(2)} a month`));
      if (priceMinor === 0) return card;
      const button = element("button", "Start 7 days free");
      button.addEventListener("click", async () => {
        location.href = (await ask("/api/subscription/checkout", { tier })).url;
      });
      card.append(button);
      return card;
    });
    show("Pricing", ...cards);
  },
  async "/subscription"() {
    const { tier, status } = await ask("/api/subscription");
    show("Your subscription", element("p", `${tier}: ${status}`));
  },
};

async function begin() {
  if (!kept.token && location.pathname !== "/pricing") {
    const join = form({ name: "Your name" }, "Come in", async (fields) => {
      kept.token = (await ask("/api/accounts", fields)).token;
      await begin();
    });
    return show("Rooms to talk in", join);
  }
  return (VIEWS[location.pathname] ?? VIEWS["/spaces"])();
}

await begin();
