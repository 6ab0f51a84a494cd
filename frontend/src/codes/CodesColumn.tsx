/** The codes of the grid. */
import { useDesk } from "../shell/context";

export function CodesColumn() {
  const { codebook } = useDesk();
  return <ul class="cpit-codes">{codebook.value?.codes.map((code) => <li key={code.id}>{code.id} {code.name}</li>)}</ul>;
}
