const at = (id) => document.getElementById(id);

async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message ?? "That did not work.");
  return answer;
}

async function attempt(work) {
  try {
    at("notice").textContent = "";
    await work();
  } catch (error) {
    at("notice").textContent = error.message;
  }
}

async function showDreams() {
  const { dreams } = await ask("GET", "/api/dreams");
  at("dreams").replaceChildren(
    ...dreams.map((dream) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = dream.title;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = "Ask about it";
      button.addEventListener("click", () =>
        attempt(async () => {
          at("notice").textContent = (await ask("POST", `/api/dreams/${dream.id}/reflections`, {})).words;
        }),
      );
      row.append(words, button);
      return row;
    }),
  );
}

/** A friend wrote along: show it. Each page waits a little differently before it comes back. */
async function listen() {
  const { token } = await ask("POST", "/api/live-token", {});
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live?token=${token}`);
  socket.addEventListener("message", ({ data }) => {
    if (JSON.parse(data).kind === "dream") attempt(showDreams);
  });
  socket.addEventListener("close", () => setTimeout(() => attempt(listen), 2_000 * (0.5 + Math.random())));
}

async function enter(person) {
  at("enter").hidden = true;
  at("journal").hidden = false;
  at("who").hidden = false;
  at("log-out").hidden = false;
  at("who").textContent = person.displayName;
  await showDreams();
  await listen();
}

at("login").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const form = Object.fromEntries(new FormData(event.target));
    await ask("POST", `/api/${event.submitter.value}`, form);
    await enter(await ask("GET", "/api/me"));
  });
});
at("dream").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await ask("POST", "/api/dreams", Object.fromEntries(new FormData(event.target)));
    event.target.reset();
    await showDreams();
  });
});
at("log-out").addEventListener("click", () =>
  attempt(async () => {
    await ask("POST", "/api/logout");
    location.reload();
  }),
);
const me = await fetch("/api/me");
if (me.ok) await attempt(async () => enter(await me.json()));
