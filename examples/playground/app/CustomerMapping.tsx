import { describeCells } from '../../quickstart/cells.mjs';
import type { CustomerRoles, Table } from '../data/dataset.js';
import { Choice } from '../ui/Choice.js';
import { Several } from '../ui/Several.js';

interface Props {
  table: Table;
  roles: CustomerRoles;
  change: (roles: CustomerRoles) => void;
}

/** Which column of a table of customers is what. */
export function CustomerMapping({ table, roles, change }: Props) {
  const used = new Set([roles.customer, roles.target, roles.wallet]);
  const set = (role: 'customer' | 'target' | 'positive' | 'wallet', value: string | undefined) => {
    const next = { ...roles, features: roles.features.filter((name) => name !== value || role === 'positive') };
    delete next[role];
    if (role === 'target') delete next.positive;
    change(value === undefined ? next : { ...next, [role]: value });
  };
  return (
    <>
      <Choice label="Customer" value={roles.customer} values={table.names} none="none" onChange={(value) => set('customer', value)} />
      <Choice label="Target: what to foretell" value={roles.target} values={table.names} none="none" onChange={(value) => set('target', value)} />
      {roles.target !== undefined && (
        <Choice label="Its value that means yes" value={roles.positive} values={[...describeCells(table, roles.target).counts.keys()].slice(0, 50)} none="choose one" onChange={(value) => set('positive', value)} />
      )}
      <Choice label="Declared yearly spend everywhere" value={roles.wallet} values={table.names} none="none" onChange={(value) => set('wallet', value)} />
      <Several label="Columns that describe a customer" values={table.names.filter((name) => !used.has(name))} chosen={roles.features} onChange={(features) => change({ ...roles, features })} />
    </>
  );
}
