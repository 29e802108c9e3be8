/**
 * Moves places, the lowest first, so that none is nearer to the next than the gap: those in each other's way
 * stand evenly around the middle of where they were.
 */
export function spreadOut(places: readonly number[], gap: number): readonly number[] {
  const groups: { readonly members: readonly number[]; readonly start: number }[] = [];
  for (const place of places) {
    let group = { members: [place], start: place };
    for (let last = groups.at(-1); last && isInTheWay(last, group, gap); last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      const middle = members.reduce((sum, member) => sum + member, 0) / members.length;
      group = { members, start: middle - ((members.length - 1) * gap) / 2 };
    }
    groups.push(group);
  }
  return groups.flatMap(({ members, start }) => members.map((_, at) => start + at * gap));
}

function isInTheWay(
  lower: { readonly members: readonly number[]; readonly start: number },
  upper: { readonly start: number },
  gap: number,
): boolean {
  return lower.start + lower.members.length * gap > upper.start;
}
