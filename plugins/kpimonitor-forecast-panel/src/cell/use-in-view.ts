import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** How far out of sight a chart is drawn already, in pixels. */
const AHEAD = 300;

/**
 * Whether an element is in sight, or nearly: of a hundred charts only those cost anything.
 * @param root what it is scrolled in
 * @param isFirst known to be in sight, so that nothing is waited for
 */
export function useInView(root: RefObject<HTMLElement>, isFirst: boolean) {
  const element = useRef<HTMLLIElement>(null);
  const [isInView, setIsInView] = useState(isFirst);
  const isPrinting = usePrinting();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => setIsInView(entries.some(({ isIntersecting }) => isIntersecting)),
      { root: root.current, rootMargin: `${AHEAD}px 0px` }
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [root]);
  return { element, isInView: isInView || isPrinting };
}

/** Paper is not scrolled: all charts are on it. */
function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setIsPrinting(true));
    const end = () => setIsPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
}
