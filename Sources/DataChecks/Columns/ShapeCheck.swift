package import Language
package import Scan
package import Verdict

/// `shape: list`: every value is one value, a list, or a map.
package struct ShapeCheck: ValueCheck {
  package var wanted: ShapeTest.Shape

  package static let documentation = CheckDocumentation(
    suite: .data, kind: "shape",
    summary:
      "Every present value has the shape: scalar (one value), list or map, as Parquet and Arrow declare it and each value of JSON Lines has it. The fields of a struct are columns of their own; all values of a CSV file are scalars.",
    why: "A field that is a list in some rows only is a column of two kinds, and loaders turn both into text.",
    example: "columns:\n  tags: {shape: list}",
    fix: "Look at the listed rows: a writer that drops the brackets around single elements is the usual cause.")

  package static var shape: Shape<ShapeCheck> { Shape<ShapeTest.Shape>.choice.map { ShapeCheck(wanted: $0) } }
  package var limit: Bound { .text("shape \(wanted.rawValue)") }
  package var violation: String { "are no \(wanted.rawValue)s" }

  package func test(on column: ColumnContext) throws(Diagnostic) -> any RowTest { ShapeTest(column.name, wanted) }
}
