const at = (id) => document.getElementById(id);
const dollars = (minor) =>
  new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(minor / 100);

async function ask(method, path, body, idempotencyKey) {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok)
    throw Object.assign(new Error(answer.message ?? "That did not work."), { status: response.status });
  return answer;
}

function tell(text) {
  at("notice").textContent = text;
}

async function attempt(work) {
  try {
    tell("");
    await work();
  } catch (error) {
    tell(error.message);
  }
}

/** What comes by itself says nothing unless it fails: a notice somebody is reading stays. */
function refresh(work) {
  work().catch((error) => tell(error.message));
}

async function showReaders(me) {
  const { readers } = await ask("GET", "/api/readers");
  at("readers-none").hidden = readers.length > 0;
  at("readers").replaceChildren(
    ...readers.map((reader) => {
      const card = at("reader").content.cloneNode(true);
      card.querySelector("h3").textContent = reader.displayName;
      card.querySelector(".muted").textContent = reader.headline;
      card.querySelector(".price").textContent = `${dollars(reader.rateMinor)} a minute`;
      const button = card.querySelector("button");
      button.addEventListener("click", () => {
        if (!me) location.assign("/sign-in");
        else
          attempt(async () => {
            await ask("POST", "/api/sessions", { readerId: reader.id });
            tell(`${reader.displayName} has been asked. You will be connected as soon as they accept.`);
            await showSessions(me);
          });
      });
      return card;
    }),
  );
}

function offerFunds() {
  at("add-funds").hidden = false;
  at("add-funds").addEventListener("click", () =>
    attempt(async () => {
      const { url } = await ask("POST", "/api/wallet/checkouts", { amountMinor: 2_500 }, crypto.randomUUID());
      location.assign(url);
    }),
  );
}

async function showWallet() {
  const { balanceMinor } = await ask("GET", "/api/wallet");
  at("balance").textContent = dollars(balanceMinor);
  at("balance").hidden = false;
}

const STEPS = {
  requested: [
    ["accept", "Accept", "reader"],
    ["end", "Withdraw", "both"],
  ],
  active: [
    ["pause", "Pause", "both"],
    ["end", "End", "both"],
  ],
  grace: [
    ["resume", "Resume", "both"],
    ["end", "End", "both"],
  ],
};

async function showSessions(me) {
  const { sessions } = await ask("GET", "/api/sessions");
  at("sessions-part").hidden = sessions.length === 0;
  at("sessions").replaceChildren(
    ...sessions.map((session) => {
      const row = document.createElement("li");
      const label = document.createElement("span");
      label.textContent = `${session.state} · ${session.minutesBilled} min · ${dollars(session.rateMinor)} a minute`;
      row.append(label);
      for (const [verb, words, whose] of STEPS[session.state] ?? []) {
        if (whose === "reader" && session.readerId !== me.id) continue;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button quiet";
        button.textContent = words;
        button.addEventListener("click", () =>
          attempt(async () => {
            await ask("POST", `/api/sessions/${session.id}/${verb}`, {});
            await Promise.all([showSessions(me), showWallet()]);
          }),
        );
        row.append(button);
      }
      return row;
    }),
  );
}

function listen(me, waitMs = 1_000) {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live`);
  socket.addEventListener("open", () => {
    waitMs = 1_000;
  });
  socket.addEventListener("message", ({ data }) => {
    const { kind } = JSON.parse(data);
    if (kind === "readers") refresh(() => showReaders(me));
    if (me && (kind === "wallet" || kind === "session"))
      refresh(() => Promise.all([showWallet(), showSessions(me)]));
  });
  // Each page waits a little differently, so that a restart does not bring all of them back at once.
  socket.addEventListener("close", () => {
    setTimeout(() => listen(me, Math.min(waitMs * 2, 30_000)), waitMs * (0.5 + Math.random()));
  });
}

function showTable() {
  at("table-part").hidden = false;
  at("table").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    attempt(async () => {
      await ask("PUT", "/api/readers/me", {
        headline: form.get("headline"),
        rateMinor: Math.round(Number(form.get("rate")) * 100),
        available: form.get("available") === "on",
      });
      tell("Your table is up to date.");
    });
  });
}

async function whoAmI() {
  try {
    return await ask("GET", "/api/me");
  } catch (error) {
    if (error.status === 401) return undefined;
    throw error;
  }
}

await attempt(async () => {
  const me = await whoAmI();
  await showReaders(me);
  listen(me);
  if (!me) return;
  at("who").textContent = me.displayName;
  at("who").hidden = false;
  at("sign-in").hidden = true;
  at("sign-out").hidden = false;
  at("sign-out").addEventListener("click", async () => {
    await fetch("/sign-out", { method: "POST", redirect: "manual" });
    location.assign("/");
  });
  await Promise.all([showWallet(), showSessions(me)]);
  if (me.role === "reader") showTable();
  else offerFunds();
});
