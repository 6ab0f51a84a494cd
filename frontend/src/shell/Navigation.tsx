/** The screens that this door offers. */
import { screens } from "../screens/index";
import { _ } from "../words";
import { useDesk } from "./context";

export function Navigation() {
  const desk = useDesk();
  const { screen: here } = desk.place.value;
  const abilities = new Set(desk.hello.value?.abilities);
  const offered = Object.entries(screens).filter(
    ([, screen]) => screen.hidden !== true && screen.when?.(desk) !== false && (screen.ability === undefined || abilities.has(screen.ability)),
  );
  if (offered.length < 2 || desk.hello.value?.study === null) return null;
  return (
    <nav class="cpit-navigation" aria-label={_("Screens")}>
      <ul>
        {offered.map(([name, screen]) => (
          <li key={name}>
            <button
              aria-current={(screens[here]?.under ?? here) === name ? "page" : undefined}
              onClick={() => desk.go({ screen: name })}
            >
              {screen.words()}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
