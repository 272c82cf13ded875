/** Text for a terminal, with a button that copies it. */
import { CopyTextButton } from '../../components/CopyTextButton.tsx';

interface CommandTextProps {
  title: string;
  text: string;
  /** On the button. */
  copy: string;
  help?: string;
}

export function CommandText({ title, text, copy, help }: CommandTextProps) {
  return (
    <section className="sf-facts">
      <h3>{title}</h3>
      {help ? <p className="sf-small sf-dim">{help}</p> : null}
      <pre className="sf-command">{text}</pre>
      <CopyTextButton compact text={text} label={copy} />
    </section>
  );
}
