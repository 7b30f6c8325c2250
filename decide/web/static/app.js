// Redraws the answer when something in the form changes. Without it every form still works by its button.
(() => {
  "use strict";
  const form = document.getElementById("details");
  const answer = document.getElementById("answer");
  const said = document.getElementById("said");
  // where nothing was asked yet, the form is sent by its button
  if (!form || !answer || !("live" in form.dataset)) return;

  const profile = form.elements.profile;
  const was = form.elements.was;
  const now = document.getElementById("now");
  const box = document.querySelector("form.question #q");
  const sliders = [...form.querySelectorAll("input[type=range]")];
  const baseline = () => (profile ? JSON.parse(profile.selectedOptions[0].dataset.weights) : {});

  const shares = () => {
    const total = sliders.reduce((sum, s) => sum + Number(s.value), 0);
    for (const s of sliders) {
      const share = total ? Math.round((100 * Number(s.value)) / total) : 0;
      document.getElementById("s_" + s.name.slice(2)).textContent = share + "%";
    }
  };

  const preset = () => {
    const base = baseline();
    for (const s of sliders) {
      const value = base[s.name.slice(2)] ?? 0;
      if (value > Number(s.max)) s.max = value;
      s.value = value;
    }
    was.value = profile.value;
    shares();
  };

  // only what says something: an address that can be read and shared
  const fields = () => {
    const base = baseline();
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (value === "" || name === "was") continue;
      if (name.startsWith("w_") && Number(value) === (base[name.slice(2)] ?? 0)) continue;
      if (name === "per" && value === "course") continue;
      found.append(name, value);
    }
    return found;
  };

  // the title, the box and what is set say what the answer says
  const tell = (root) => {
    if (!root || !root.dataset.told) return null;
    const told = JSON.parse(root.dataset.told);
    document.title = root.querySelector(".restated").textContent + " · decide";
    if (box) box.value = told.box;
    if (form.elements.q) form.elements.q.value = told.text;
    for (const [id, says] of Object.entries(told.chips)) {
      const group = document.getElementById(id);
      if (!group) continue;
      const is = group.querySelector(".is");
      is.textContent = says || is.dataset.none;
      group.classList.toggle("set", says !== "");
    }
    return told;
  };

  const remembered = () => ({
    open: new Set([...answer.querySelectorAll("details[data-key][open]")].map((d) => d.dataset.key)),
    shut: new Set([...answer.querySelectorAll("details[data-key]:not([open])")].map((d) => d.dataset.key)),
    picked: new Set([...answer.querySelectorAll("input[name=with]:checked")].map((i) => i.value)),
    focus: answer.contains(document.activeElement) ? document.activeElement.id : "",
  });

  const recall = (kept) => {
    for (const d of answer.querySelectorAll("details[data-key]")) {
      if (kept.open.has(d.dataset.key)) d.open = true;
      if (kept.shut.has(d.dataset.key)) d.open = false;
    }
    for (const i of answer.querySelectorAll("input[name=with]")) i.checked = kept.picked.has(i.value);
    picks();
  };

  const picks = () => {
    for (const choose of answer.querySelectorAll("form.choose")) {
      const boxes = [...choose.querySelectorAll("input[name=with]")];
      const count = boxes.filter((b) => b.checked).length;
      const hint = choose.querySelector(".compare .hint");
      if (hint) hint.textContent = count < 2 ? "Tick two or three." : count > 3 ? "Three at most." : count + " ticked.";
      const bar = choose.querySelector(".compare");
      if (bar) bar.classList.toggle("ready", count > 0);
      if (bar) bar.querySelector("button").disabled = count < 2 || count > 3;
    }
  };

  let running = null;
  const redraw = async (quick) => {
    if (!form.elements.concern.value && !form.querySelector("[name=procedure]:checked")) return;
    if (running) running.abort();
    const mine = (running = new AbortController());
    const query = fields();
    answer.setAttribute("aria-busy", "true");
    try {
      const response = await fetch("/answer?" + query + (quick ? "&quick=1" : ""), {
        signal: mine.signal,
        credentials: "omit",
        cache: "no-store",
      });
      const text = await response.text();
      if (mine.signal.aborted) return;
      if (!response.ok && response.status !== 422) throw new Error("busy");
      const kept = remembered();
      // a quick answer is shorter: the page stays where it is until the whole one is there
      answer.style.minHeight = quick ? answer.offsetHeight + "px" : "";
      const fresh = new DOMParser().parseFromString(text, "text/html");
      answer.replaceChildren(...fresh.body.childNodes);
      recall(kept);
      const root = answer.querySelector("[data-status]");
      const status = root ? root.dataset.status : answer.textContent.trim();
      if (now) now.textContent = root ? status : "";
      const told = tell(root);
      if (told && !told.text) for (const name of ["q", "edit"]) query.delete(name);
      if (!quick) {
        if (said) said.textContent = status;
        history.replaceState(null, "", "/?" + query);
      }
    } catch (error) {
      if (error.name !== "AbortError" && said) said.textContent = "The answer could not be fetched. Press the button to try again.";
    } finally {
      if (running === mine) answer.removeAttribute("aria-busy");
    }
  };

  let soon = 0;
  let later = 0;
  form.addEventListener("input", (event) => {
    if (event.target.type === "range") {
      shares();
      clearTimeout(soon);
      clearTimeout(later);
      soon = setTimeout(() => redraw(true), 30);
      later = setTimeout(() => redraw(false), 450);
    }
  });

  const refreshKinds = () => {
    const field = document.getElementById("kind-field");
    const kind = form.elements.kind;
    if (!field || !kind) return;
    const kinds = JSON.parse(form.dataset.kinds || "{}")[form.elements.concern.value] || [];
    const select = document.getElementById("kind");
    select.replaceChildren(new Option("Any kind", ""), ...kinds.map(([value, label]) => new Option(label, value)));
    field.hidden = kinds.length === 0;
  };

  form.addEventListener("change", (event) => {
    const target = event.target;
    if (target.type === "range") return;
    if (target === profile) preset();
    if (target.name === "concern" && target.tagName === "SELECT") refreshKinds();
    clearTimeout(soon);
    clearTimeout(later);
    later = setTimeout(() => redraw(false), 60);
  });

  form.addEventListener("submit", (event) => {
    if (!form.elements.concern.value && !form.querySelector("[name=procedure]:checked")) return;
    event.preventDefault();
    clearTimeout(soon);
    clearTimeout(later);
    redraw(false);
  });

  // another question in words keeps what the form says now, not what it said when the page was made
  const question = document.querySelector("form.question");
  if (question) {
    question.addEventListener("submit", () => {
      for (const hidden of question.querySelectorAll("input[type=hidden]")) hidden.remove();
      for (const [name, value] of fields()) {
        const usual = (form.elements[name].dataset || {}).usual;
        if (name === "q" || name === "edit" || (value === usual && !form.elements.prefer)) continue;
        const hidden = document.createElement("input");
        Object.assign(hidden, { type: "hidden", name, value });
        question.append(hidden);
      }
    });
  }

  answer.addEventListener("change", (event) => {
    if (event.target.name === "with") picks();
  });
  picks();
})();
