/** What is pointed at. */
import { useDesk } from "../shell/context";

export function Inspector() {
  const { pointed } = useDesk();
  return <p class="cpit-quiet">{pointed.value?.subject}</p>;
}
