/** What people do with Grafana's pickers. */
import '@testing-library/jest-dom';

import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

/** The pickers draw only the options that fit on the screen, and jsdom has none. */
export function giveScreenRoom(): void {
  const room = { width: 400, height: 800, top: 0, left: 0, bottom: 800, right: 400, x: 0, y: 0, toJSON: () => ({}) };
  jest.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(room);
  jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800);
  jest.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(400);
  const pen = { measureText: (text: string) => ({ width: 8 * text.length }) } as CanvasRenderingContext2D;
  jest.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(pen as never);
}

export function picker(label: RegExp): HTMLElement {
  return screen.getByRole('combobox', { name: label });
}

/** Opens a picker and tells what it offers. */
export async function offered(label: RegExp): Promise<string[]> {
  await userEvent.click(picker(label));
  const options = await screen.findAllByRole('option');
  const texts = options.map((option) => option.textContent ?? '');
  await userEvent.keyboard('{Escape}');
  return texts;
}

export async function pick(label: RegExp, option: RegExp): Promise<void> {
  await userEvent.click(picker(label));
  await userEvent.click(await screen.findByRole('option', { name: option }));
}
