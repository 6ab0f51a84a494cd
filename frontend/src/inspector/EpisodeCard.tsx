/** One event told in several passages: its codings, its principal situation, and what is said of it once. */
import type { JSX } from "preact";

import { Mark } from "../codes/Mark";
import { retract } from "../state/acts";
import type { CodingState, Desk, EpisodeState } from "../state/desk";
import type { Id } from "../wire/note";
import { _, fill, ngettext } from "../words";
import { Facets } from "./Facets";
import { codingsOf, labelOf, leaveOut, say } from "./gathering";
import { wordsAt } from "./reaching";
import { writingOf } from "./state";
import { Written } from "./Written";
import { quoted } from "./words";

interface Props {
  desk: Desk;
  episode: EpisodeState;
}

export function EpisodeCard({ desk, episode }: Props): JSX.Element {
  const codings = codingsOf(desk, episode);
  const mine = episode.mine;
  const gathering = writingOf(desk).gathering.value === episode.subject;
  const facets = desk.codebook.value?.facets ?? [];
  return (
    <article class="cpit-card" aria-label={fill(_("Episode {label}"), { label: labelOf(episode) })}>
      <h3>{_("Episode")} <span class="cpit-quiet">{fill(ngettext("{n} coding", "{n} codings", codings.length), { n: codings.length })}</span></h3>
      {mine && gathering && <p class="cpit-card-hint">{_("Point at another coding and press E: it joins. Esc when it is told.")}</p>}
      <Written name={_("Short name of the episode")} words={episode.label} fixed={!mine} onLeft={(label) => say(desk, episode, { label })} key={`label ${episode.subject}`} />
      <Members desk={desk} episode={episode} codings={codings} />
      {facets.length > 0 && <Facets facets={facets} values={episode.facets} onSay={mine ? (values) => say(desk, episode, { facets: values }) : null} />}
      <Posture desk={desk} episode={episode} />
      <Actors desk={desk} episode={episode} />
      <Written name={_("What you say of it")} words={episode.words} long fixed={!mine} onLeft={(words) => say(desk, episode, { words })} key={`words ${episode.subject}`} />
      <Same desk={desk} episode={episode} />
      {mine && (
        <div class="cpit-actions">
          <button class="cpit-plain" onClick={() => dissolve(desk, episode)}>{_("Dissolve: its codings stay")}</button>
        </div>
      )}
    </article>
  );
}

function dissolve(desk: Desk, episode: EpisodeState): void {
  desk.perform([retract(desk, episode)], fill(_("Dissolve the episode {label}"), { label: labelOf(episode) }));
  writingOf(desk).gathering.value = null;
  desk.pointed.value = null;
}

function Members({ desk, episode, codings }: Props & { codings: readonly CodingState[] }): JSX.Element {
  const isSituation = (one: CodingState): boolean => desk.codes.value.get(one.code)?.axis === "situations";
  return (
    <fieldset class="cpit-members">
      <legend>{_("Codings; the principal situation is ticked")}</legend>
      {codings.map((one) => {
        const code = desk.codes.value.get(one.code);
        return (
          <div key={one.subject} class="cpit-member">
            <input
              type="radio" name={`principal-${episode.subject}`} checked={episode.principal === one.subject}
              disabled={!episode.mine || !isSituation(one)} aria-label={fill(_("Principal: {code}"), { code: `${one.code} ${code?.name ?? ""}` })}
              onChange={() => say(desk, episode, { principal: one.subject })}
            />
            <button class="cpit-member-name" title={quoted(wordsAt(desk, one), 120)} onClick={() => { desk.pointed.value = { of: "coding", subject: one.subject }; }}>
              {code && <Mark code={code} />}
              <span class="cpit-code-id">{one.code}</span> <span class="cpit-code-name">{code?.name}</span>
            </button>
            {episode.mine && codings.length > 1 && (
              <button class="cpit-plain" aria-label={fill(_("Leave {code} out"), { code: one.code })} onClick={() => leaveOut(desk, episode, one.subject)}>×</button>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function Posture({ desk, episode }: Props): JSX.Element | null {
  const postures = desk.codebook.value?.codes.filter((code) => code.axis === "postures" && code.usable) ?? [];
  if (postures.length === 0) return null;
  return (
    <label class="cpit-facet">
      <span class="cpit-facet-name">{_("Posture")}</span>
      <select value={episode.posture} disabled={!episode.mine} onChange={(event) => say(desk, episode, { posture: event.currentTarget.value })}>
        <option value="">{_("not said")}</option>
        {postures.map((code) => <option key={code.id} value={code.id}>{code.id} {code.name}</option>)}
      </select>
    </label>
  );
}

function Actors({ desk, episode }: Props): JSX.Element | null {
  const actors = desk.codebook.value?.codes.filter((code) => code.axis === "actors" && code.usable) ?? [];
  const change = (id: string, is: boolean): void =>
    say(desk, episode, { actors: is ? [...episode.actors, id] : episode.actors.filter((one) => one !== id) });
  if (actors.length === 0) return null;
  const named = episode.actors.map((id) => desk.codes.value.get(id)?.name ?? id);
  return (
    <details class="cpit-actors">
      <summary>{_("Actors")}{named.length > 0 && <span class="cpit-quiet"> – {named.join(", ")}</span>}</summary>
      {actors.map((code) => (
        <label key={code.id}>
          <input type="checkbox" checked={episode.actors.includes(code.id)} disabled={!episode.mine} onChange={(event) => change(code.id, event.currentTarget.checked)} />
          {code.name}
        </label>
      ))}
    </details>
  );
}

/** The same event as told by others on this note: one coder's two episodes of one note would be one. */
function Same({ desk, episode }: Props): JSX.Element | null {
  const linked = new Set<Id>(episode.heads.flatMap((head) => head.same_as ?? []));
  const others = desk.open.value?.episodes.value.filter((one) => one.coder !== episode.coder) ?? [];
  if (others.length === 0 || !episode.mine) return null;
  const change = (id: Id, is: boolean): void =>
    say(desk, episode, { same_as: is ? [...linked, id] : [...linked].filter((one) => one !== id) });
  return (
    <fieldset class="cpit-same">
      <legend>{_("Same event as")}</legend>
      {others.map((one) => (
        <label key={one.subject}>
          <input type="checkbox" checked={linked.has(one.subject)} onChange={(event) => change(one.subject, event.currentTarget.checked)} />
          {labelOf(one)} <span class="cpit-quiet">– {one.coder}</span>
        </label>
      ))}
    </fieldset>
  );
}
