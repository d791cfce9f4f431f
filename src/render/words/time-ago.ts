import type { Instant } from '../../domain/names.ts';

const day = 1440;
const month = 30 * day;
const year = 365 * day;

/**
 * How far two moments are apart, in the Pact Broker's words (ui.md §1): `less than a minute`, `about 2 hours`,
 * `over 1 year`. Which of the two comes first does not matter.
 */
export function timeBetween(one: Instant, other: Instant): string {
  const [from, to] = one < other ? [new Date(one), new Date(other)] : [new Date(other), new Date(one)];
  const minutes = Math.round((to.getTime() - from.getTime()) / 60_000);
  if (minutes === 0) return 'less than a minute';
  if (minutes < 45) return counted(minutes, 'minute');
  if (minutes < 90) return 'about 1 hour';
  if (minutes < day) return `about ${counted(Math.round(minutes / 60), 'hour')}`;
  if (minutes < 1.75 * day) return '1 day';
  if (minutes < month) return counted(Math.round(minutes / day), 'day');
  if (minutes < 2 * month) return `about ${counted(Math.round(minutes / month), 'month')}`;
  if (minutes < year) return counted(Math.round(minutes / month), 'month');
  return years(minutes - leapDays(from, to) * day);
}

/** How long before `now` something happened: `3 days ago`. */
export function timeAgo(then: Instant, now: Instant): string {
  return `${timeBetween(then, now)} ago`;
}

function years(minutes: number): string {
  const count = Math.floor(minutes / year);
  const rest = minutes - count * year;
  if (rest < year / 4) return `about ${counted(count, 'year')}`;
  return rest < (year * 3) / 4 ? `over ${counted(count, 'year')}` : `almost ${counted(count + 1, 'year')}`;
}

/** The 29ths of February between the two. */
function leapDays(from: Date, to: Date): number {
  const first = from.getUTCFullYear() + (from.getUTCMonth() >= 2 ? 1 : 0);
  const last = to.getUTCFullYear() - (to.getUTCMonth() < 2 ? 1 : 0);
  let days = 0;
  for (let y = first; y <= last; y += 1) if ((y % 4 === 0 && y % 100 !== 0) || y % 400 === 0) days += 1;
  return days;
}

function counted(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
