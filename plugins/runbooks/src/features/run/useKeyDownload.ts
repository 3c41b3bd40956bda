import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { runbooksApiRef } from '../../api/RunbooksApi';
import { downloadFile } from '../../downloadFile';
import { publicKeyFiles } from './publicKeyFiles';

/** Where a download of the keys stands. */
export type KeyDownloadState =
  | { status: 'idle' }
  | { status: 'loading' }
  | { status: 'failed'; error: Error };

/** Downloads the public keys of the portal, one file each, under the names that the check is told to read. */
export function useKeyDownload() {
  const api = useApi(runbooksApiRef);
  const [state, setState] = useState<KeyDownloadState>({ status: 'idle' });
  const download = async () => {
    setState({ status: 'loading' });
    try {
      const files = publicKeyFiles(await api.getLedgerKeys());
      if (files.length === 0) {
        throw new Error('This portal has no key, so nothing here is sealed.');
      }
      for (const { name, pem } of files) {
        downloadFile(name, 'application/x-pem-file', pem);
      }
      setState({ status: 'idle' });
    } catch (error) {
      setState({ status: 'failed', error: error as Error });
    }
  };
  return { state, download };
}
