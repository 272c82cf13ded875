/** Entry of the window: picks the transport, makes the stores, draws. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/theme.css';
import './theme/base.css';
import './theme/mantine.css';
import './theme/motion.css';
import './components/components.css';
import './components/disk-strip.css';
import './app/app.css';
import './features/views.css';
import './features/tables.css';
import './features/backup/backup.css';
import './features/running/running.css';
import './features/restore/restore.css';
import './features/setup/setup.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { fetchViews } from './app/views.ts';
import { startLanguage } from './i18n/language.ts';
import { createStores } from './stores/create-stores.ts';
import { pickTransport } from './transport/pick-transport.ts';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root.');

const transport = pickTransport();
const stores = createStores(transport.connection);
stores.start();
await startLanguage();
createRoot(container).render(
  <StrictMode>
    <App stores={stores} transport={transport} />
  </StrictMode>,
);
// After the first picture, so that it does not wait for them.
requestIdleCallback(fetchViews, { timeout: 3000 });
