import { describeCells } from '../../quickstart/cells.mjs';
import type { EventRoles, Table } from '../data/dataset.js';
import { Choice } from '../ui/Choice.js';

interface Props {
  table: Table;
  roles: EventRoles;
  change: (roles: EventRoles) => void;
}

/** Which column of a log is what. */
export function EventMapping({ table, roles, change }: Props) {
  const optional = (role: 'item' | 'amount' | 'channel', label: string) => (
    <Choice label={label} value={roles[role]} values={table.names} none="none" onChange={(value) => change(withRole(roles, role, value))} />
  );
  return (
    <>
      <Choice label="Customer" value={roles.customer} values={table.names} onChange={(value) => change({ ...roles, customer: value! })} />
      <Choice label="Date or time" value={roles.time} values={table.names} onChange={(value) => change({ ...roles, time: value! })} />
      {optional('amount', 'Amount')}
      {optional('item', 'Product or kind of event')}
      {optional('channel', 'Channel')}
      {roles.item !== undefined && (
        <Choice label="Event that ends the relation" value={roles.leaving} values={[...describeCells(table, roles.item).counts.keys()].slice(0, 1000)} none="none: silence is leaving" onChange={(value) => change(withRole(roles, 'leaving', value))} />
      )}
    </>
  );
}

function withRole(roles: EventRoles, role: 'item' | 'amount' | 'channel' | 'leaving', value: string | undefined): EventRoles {
  const next = { ...roles };
  delete next[role];
  if (role === 'item') {
    delete next.leaving;
    delete next.products;
  }
  if (value === undefined) return next;
  return { ...next, [role]: value };
}
