import { type Dict, dict, type Value } from '../../../model/value.ts';
import type { Facts } from '../collector.ts';
import { basename, capture, type Gathered, lines } from '../gathered.ts';
import type { DeviceLinks } from './device-links.ts';

const attributes = [
  'device/vendor',
  'device/model',
  'device/sas_address',
  'device/sas_device_handle',
  'device/serial',
  'removable',
  'size',
  'queue/rotational',
  'queue/scheduler',
  'queue/logical_block_size',
  'queue/hw_sector_size',
  'queue/discard_granularity',
  'queue/discard_max_hw_bytes',
  'dm/name',
  // of partitions
  '*/start',
  '*/size',
  '*/queue/logical_block_size',
  '*/queue/hw_sector_size',
];

export const deviceFiles: readonly string[] = attributes.map((name) => `/sys/block/*/${name}`);
export const devicePaths: readonly string[] = ['/sys/block/*', '/sys/block/*/holders/*', '/sys/block/*/*/holders/*'];
export const deviceScript = 'section lspci; ! command -v lspci >/dev/null || lspci -D 2>/dev/null';

/** Block devices with their partitions. */
export function deviceFacts(host: Gathered, links: DeviceLinks): Facts {
  const names = host.pathsLike(/^\/sys\/block\/[^/]+$/).map(basename);
  return {
    devices: dict(Object.fromEntries(names.map((name) => [name, describeDevice(host, name, links)]))),
    device_links: links.all(),
  };
}

function describeDevice(host: Gathered, name: string, links: DeviceLinks): Dict {
  const at = `/sys/block/${name}`;
  const read = (attribute: string): Value => host.file(`${at}/${attribute}`) ?? null;
  const serial = host.file(`${at}/device/serial`);
  const wwn = links.wwnOf(name);
  const sectorsize = sectorSize(host, at);
  const sectors = sectorCount(host, at, sectorsize);
  const noDiscard = read('queue/discard_max_hw_bytes') === '0';
  return dict({
    virtual: 1,
    links: links.of(name),
    vendor: read('device/vendor'),
    model: read('device/model'),
    sas_address: read('device/sas_address'),
    sas_device_handle: read('device/sas_device_handle'),
    ...(serial !== undefined && { serial }),
    removable: read('removable'),
    support_discard: noDiscard ? '0' : read('queue/discard_granularity'),
    ...(wwn !== undefined && { wwn }),
    partitions: partitions(host, name, links),
    rotational: read('queue/rotational'),
    scheduler_mode: capture(/\[(.*)\]/, host.file(`${at}/queue/scheduler`)) ?? '',
    sectors,
    sectorsize,
    size: humanSize(sectors * Number(sectorsize)),
    host: pciHost(host, name),
    holders: holders(host, at),
  });
}

function partitions(host: Gathered, disk: string, links: DeviceLinks): Dict {
  const found = host
    .filesLike(/^\/sys\/block\/[^/]+\/[^/]+\/start$/)
    .map((path) => path.split('/') as [string, string, string, string, string])
    .filter(([, , , owner, name]) => owner === disk && name.startsWith(disk))
    .map(([, , , , name]) => name);
  return new Map(found.map((name) => [name, describePartition(host, `/sys/block/${disk}/${name}`, name, links)]));
}

function describePartition(host: Gathered, at: string, name: string, links: DeviceLinks): Dict {
  const sectorsize = sectorSize(host, at);
  const sectors = sectorCount(host, at, sectorsize);
  return dict({
    links: links.of(name),
    start: host.file(`${at}/start`) ?? 0,
    sectorsize,
    sectors,
    size: humanSize(sectors * Number(sectorsize)),
    uuid: links.uuidOf(`/dev/${name}`) ?? null,
    holders: holders(host, at),
  });
}

/** Text as the kernel gives it; the number 512 where it does not tell. */
function sectorSize(host: Gathered, at: string): string | number {
  return host.file(`${at}/queue/logical_block_size`) ?? host.file(`${at}/queue/hw_sector_size`) ?? 512;
}

/** The kernel counts in units of 512 bytes, whatever a sector is. */
function sectorCount(host: Gathered, at: string, sectorsize: string | number): number {
  return Math.floor((Number(host.file(`${at}/size`) ?? 0) * 512) / Number(sectorsize));
}

function holders(host: Gathered, at: string): Value[] {
  return host
    .pathsLike(/\/holders\/dm-/)
    .filter((path) => path.startsWith(`${at}/holders/`))
    .map((path) => host.file(`/sys/block/${basename(path)}/dm/name`) ?? basename(path));
}

/** What lspci calls the controller that a disk hangs on. */
function pciHost(host: Gathered, name: string): string {
  const link = lines(host.section('block-links')).find((line) => line.includes(` ${name} -> `)) ?? '';
  const id = capture(/.+\/([a-f0-9]{4}:[a-f0-9]{2}:[0|1][a-f0-9]\.[0-7])\//, link);
  if (id === undefined) return '';
  const line = lines(host.section('lspci')).find((one) => one.startsWith(`${id} `));
  return line?.slice(id.length + 1) ?? '';
}

const units: readonly (readonly [number, string])[] = [
  [2 ** 80, 'YB'],
  [2 ** 70, 'ZB'],
  [2 ** 60, 'EB'],
  [2 ** 50, 'PB'],
  [2 ** 40, 'TB'],
  [2 ** 30, 'GB'],
  [2 ** 20, 'MB'],
  [2 ** 10, 'KB'],
];

function humanSize(bytes: number): string {
  const [size, unit] = units.find(([size]) => bytes >= size) ?? [1, 'Bytes'];
  return `${(bytes / size).toFixed(2)} ${unit}`;
}
