/// A text as it is compared in data: by its bytes. To Swift, a text with a composed character equals one without.
///
/// What makes an aggregate or a test holds the user's texts as these, for equal ones are computed once.
package struct ExactText: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let string: String

  package init(_ string: String) { self.string = string }
  package init(stringLiteral string: String) { self.init(string) }

  package var description: String { string }
  package var utf8: String.UTF8View { string.utf8 }

  package static func == (a: ExactText, b: ExactText) -> Bool { a.utf8.elementsEqual(b.utf8) }
}
