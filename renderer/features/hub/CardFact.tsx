/** One fact of a health card, in one line. */
export function CardFact({ label, value, title }: { label: string; value: string; title?: string | undefined }) {
  return (
    <div className="sf-card-fact">
      <dt>{label}</dt>
      <dd className="sf-clip" title={title ?? value}>
        {value}
      </dd>
    </div>
  );
}
