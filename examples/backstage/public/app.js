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

async function showStreams() {
  const { streams } = await ask("GET", "/api/streams");
  at("streams").replaceChildren(
    ...streams.map((stream) => {
      const row = document.createElement("li");
      const words = document.createElement("span");
      words.textContent = `${stream.title} · ${stream.space} · $${(stream.priceMinor / 100).toFixed(2)}`;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button quiet";
      button.textContent = "Get a pass";
      button.addEventListener("click", () =>
        attempt(async () => location.assign((await ask("POST", `/api/streams/${stream.id}/passes`, {})).url)),
      );
      row.append(words, button);
      return row;
    }),
  );
}

function enter(person) {
  at("enter").hidden = true;
  at("who").hidden = false;
  at("log-out").hidden = false;
  at("who").textContent = person.displayName;
}

at("login").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const form = Object.fromEntries(new FormData(event.target));
    await ask("POST", `/api/${event.submitter.value}`, form);
    enter(await ask("GET", "/api/me"));
  });
});
at("log-out").addEventListener("click", () =>
  attempt(async () => {
    await ask("POST", "/api/logout");
    location.reload();
  }),
);
const me = await fetch("/api/me");
if (me.ok) enter(await me.json());
await attempt(showStreams);
