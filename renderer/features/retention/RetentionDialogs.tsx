/** The dialogs about images of the Actions menu: they come together, for they are small. */
import { DeactivateDialog } from './DeactivateDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { ExpireDialog } from './ExpireDialog.tsx';
import { PinDialog } from './PinDialog.tsx';
import { PruneDialog } from './PruneDialog.tsx';

export function RetentionDialogs() {
  return (
    <>
      <ExpireDialog />
      <PruneDialog />
      <PinDialog />
      <DeleteDialog />
      <DeactivateDialog />
    </>
  );
}
