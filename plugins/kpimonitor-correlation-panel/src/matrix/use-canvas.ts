import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/**
 * A canvas that is drawn anew when `draw` changes, as sharp as the screen is: its pixels follow the device's, also when the
 * window moves to another screen or is zoomed.
 * @param width in CSS pixels
 * @param draw is handed a context in CSS pixels; keep it by useCallback
 */
export function useCanvas(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void) {
  const ref = useRef<HTMLCanvasElement>(null);
  const ratio = useDevicePixelRatio();
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) {
      return;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context);
  }, [width, height, ratio, draw]);
  return ref;
}

function useDevicePixelRatio(): number {
  const [ratio, setRatio] = useState(() => window.devicePixelRatio || 1);
  useEffect(() => {
    const query = window.matchMedia(`(resolution: ${ratio}dppx)`);
    const onChange = () => setRatio(window.devicePixelRatio || 1);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, [ratio]);
  return ratio;
}
