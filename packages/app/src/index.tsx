import '@backstage/cli/asset-types';
import '@backstage/ui/css/styles.css';
import ReactDOM from 'react-dom/client';
import { createDemoApp } from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(
  createDemoApp().createRoot(),
);
