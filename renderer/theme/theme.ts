/** Mantine's defaults for a dense, native-looking window. Colours and sizes are in the style sheets beside this file. */
import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Combobox,
  createTheme,
  Menu,
  Menubar,
  Modal,
  mergeThemeOverrides,
  PasswordInput,
  Radio,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'teal',
  defaultRadius: 'md',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 30 } }),
    // Their lists scroll by themselves (mantine.css): Mantine's scroll area cannot be reached by keyboard.
    Autocomplete: Autocomplete.extend({ defaultProps: { withScrollArea: false } }),
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    // The list stays inside the landmark or dialog that it belongs to, and is not clipped by what scrolls there.
    Combobox: Combobox.extend({
      defaultProps: { withinPortal: false, floatingStrategy: 'fixed', transitionProps: { duration: 80 } },
    }),
    Radio: Radio.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({
      defaultProps: {
        transitionProps: { duration: 80 },
        shadow: 'md',
        // A menu has entries only; the first one has the focus.
        withInitialFocusPlaceholder: false,
      },
    }),
    Menubar: Menubar.extend({}),
    // Locking the page's scroll would inject a style sheet at run time; the page itself never scrolls.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { duration: 120, transition: 'fade' },
        // The head of a dialog is not a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', allowDeselect: false, withScrollArea: false } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        transitionProps: { duration: 80 },
        multiline: true,
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
});

const AT_ONCE = { defaultProps: { transitionProps: { duration: 0 } } };

/** For people who want no movement, whatever their system says. */
export const stillTheme = mergeThemeOverrides(theme, {
  components: { Combobox: AT_ONCE, Menu: AT_ONCE, Modal: AT_ONCE, Tooltip: AT_ONCE },
});

/** For people who want movement although their system asks for none. */
export const movingTheme = mergeThemeOverrides(theme, { respectReducedMotion: false });
