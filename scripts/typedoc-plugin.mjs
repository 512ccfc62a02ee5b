/** Two habits of ours, taught to TypeDoc. */
import { Comment, Converter, ReflectionKind } from 'typedoc';

const text = (words) => new Comment([{ kind: 'text', text: words }]);

export function load(app) {
  // {@link Frame} finds the public name wherever it is written, also where the file does not import it.
  app.converter.addUnknownSymbolResolver(({ symbolReference }, reflection) => {
    const name = symbolReference?.path?.[0]?.path;
    const found = name && Object.values(reflection.project.reflections).find((other) => other.name === name && other.parent?.kindOf(ReflectionKind.Module));
    return found ? { target: found, caption: name } : undefined;
  });
  // A property of one literal value (kind: 'number') and the members of an inline object type are documented by what they belong to.
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const property of project.getReflectionsByKind(ReflectionKind.Property)) {
      if (property.hasComment()) continue;
      if (property.type?.type === 'literal') property.comment = text(`Always \`${String(property.type.value)}\`.`);
      else if (property.parent?.kindOf(ReflectionKind.TypeLiteral)) property.comment = text(' ');
    }
  });
}
