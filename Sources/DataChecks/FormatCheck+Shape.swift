package import Language
internal import Scan
internal import Verdict

extension FormatCheck {
  /// The name of a format, or a mapping of its name and its option. An option that is called like its format says both.
  package static var shape: Shape<FormatCheck> {
    let schema = Schema.anyOf(
      [.words(TextFormat.all.filter { !$0.needsOption }.map(\.name))] + TextFormat.all.map(longForm))
    return Shape(schema) { node, problems in
      node.isMapping
        ? decodeMapping(node, &problems)
        : decodeName(node, &problems).flatMap { format in
          check(format, setting: nil, at: node, &problems)
        }
    }
  }

  private static func longForm(_ format: TextFormat) -> Schema {
    let name = Schema.Property(name: "name", schema: .words([format.name]), isRequired: true)
    guard let option = format.option else { return .object([name], open: nil) }
    let value = option.values.map { Schema.words($0) } ?? .type("string")
    let setting = Schema.Property(name: option.name, schema: value, isRequired: format.needsOption)
    return .object(option.name == format.name ? [setting] : [name, setting], open: nil)
  }

  private static func decodeName(_ node: Node, _ problems: inout Problems) -> TextFormat? {
    guard let name = Shape<String>.string.decode(node, &problems) else { return nil }
    if let format = TextFormat.named(name) { return format }
    let names = TextFormat.all.map(\.name)
    problems.report(
      "\(node.kind) is not one of the named formats", at: node.location,
      label: node.origin == .secret ? nil : nearest(name, among: names).map { "did you mean \"\($0)\"?" },
      help: ["the formats are \(names.joined(separator: ", "))"])
    return nil
  }

  private static func decodeMapping(_ node: Node, _ problems: inout Problems) -> FormatCheck? {
    guard case .mapping(let entries) = node.content else { return nil }
    var named = entries.lazy.compactMap { TextFormat.named($0.key) }.first { $0.option?.name == $0.name }
    if let name = node[key: "name"]?.value {
      guard let format = decodeName(name, &problems) else { return nil }
      named = format
    }
    guard let format = named else {
      problems.report("the key \"name\" is missing here", at: node.location, help: ["write {name: iban, country: DE}"])
      return nil
    }
    var setting: Node?
    for entry in entries where entry.key != "name" {
      guard entry.key == format.option?.name else {
        problems.report(unknownKey(entry, among: ["name"] + (format.option.map { [$0.name] } ?? [])))
        return nil
      }
      setting = entry.value
    }
    return check(format, setting: setting, at: node, &problems)
  }

  /// The check, once its format takes the setting.
  private static func check(
    _ format: TextFormat, setting: Node?, at node: Node, _ problems: inout Problems
  ) -> FormatCheck? {
    var text: String?
    if let setting {
      text = Shape<String>.string.decode(setting, &problems)
      if text == nil { return nil }
    }
    do throws(TextFormatError) {
      _ = try format.test(text)
      return FormatCheck(format: format, setting: text)
    } catch {
      let place = error.range.flatMap { range in text.flatMap { setting?.location.part(range, of: $0) } }
      problems.report(
        error.reason, at: place ?? setting?.location ?? node.location, help: error.hint.map { [$0] } ?? [])
      return nil
    }
  }
}
