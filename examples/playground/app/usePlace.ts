import { useEffect, useState } from 'preact/hooks';

/** Which panel is shown, kept in the address so that the back button works. */
export function usePlace(): [string, (place: string) => void] {
  const read = () => location.hash.replace(/^#\/?/, '') || 'data';
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const listen = () => setPlace(read());
    addEventListener('hashchange', listen);
    return () => removeEventListener('hashchange', listen);
  }, []);
  return [place, (to) => { location.hash = `#/${to}`; }];
}
