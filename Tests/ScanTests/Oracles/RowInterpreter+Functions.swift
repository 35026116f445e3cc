import Foundation
import Testing

@testable import Scan

/// The functions once more, each as slow and as plain as its definition.
extension RowInterpreter {
  func call(_ function: RowFunction.Overload, _ given: [SlowValue?]) -> SlowValue? {
    switch function.name {
    case "coalesce": return given.lazy.compactMap { $0 }.first.map { $0.converted(to: function.result) }
    case "nullif":
      return Self.holds(.equal, given[0], given[1]) == true ? nil : given[0]?.converted(to: function.result)
    case "if": return (given[0]?.truth == true ? given[1] : given[2])?.converted(to: function.result)
    case "is_distinct":
      guard let a = given[0], let b = given[1] else { return .truth((given[0] == nil) != (given[1] == nil)) }
      return Self.holds(.equal, a, b).map { .truth(!$0) }
    default: break
    }
    let known = given.compactMap { $0 }
    guard known.count == given.count else { return nil }
    let values = known.enumerated().map { index, value in
      if case .value(let type) = function.parameter(index) { value.converted(to: type) } else { value }
    }
    if let texts = Self.ofTexts(function.name, values) { return texts.value }
    if let numbers = Self.ofNumbers(function.name, values) { return numbers.value }
    switch function.name {
    case "least", "greatest":
      var best = values[0]
      for value in values.dropFirst() {
        guard let isBetter = Self.holds(function.name == "least" ? .less : .greater, value, best) else { return nil }
        if isBetter { best = value }
      }
      return best
    case "cast", "date": return Self.cast(values[0], function)
    default: return SlowCalendar.call(function, values)
    }
  }

  /// A result that may be unknown, of a function that is known.
  struct Result {
    var value: SlowValue?

    init(_ value: SlowValue?) { self.value = value }
  }

  private static func ofTexts(_ name: String, _ values: [SlowValue]) -> Result? {
    guard let text = values.first?.text, name != "date" else { return nil }
    let scalars = Array(text.unicodeScalars)
    let other = Array((values.count > 1 ? values[1].text ?? "" : "").unicodeScalars)
    func result(_ scalars: some Sequence<Unicode.Scalar>) -> Result {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      return Result(.text(String(view)))
    }
    // Wide enough for every sum of these.
    func integer(_ index: Int) -> Int128 { Int128(values[index].integer ?? 0) }
    let places = scalars.indices.filter { scalars[$0...].starts(with: other) } + (other.isEmpty ? [0] : [])
    switch name {
    case "||": return result(values.flatMap { ($0.text ?? "").unicodeScalars })
    case "length": return Result(.integer(Int64(scalars.count)))
    case "lower": return Result(.text(text.lowercased()))
    case "upper": return Result(.text(text.uppercased()))
    case "trim", "ltrim", "rtrim":
      let goes = { (scalar: Unicode.Scalar) in
        values.count > 1 ? other.contains(scalar) : scalar.properties.isWhitespace
      }
      var rest = scalars[...]
      if name != "rtrim" { rest = rest.drop(while: goes) }
      while name != "ltrim", let last = rest.last, goes(last) { rest = rest.dropLast() }
      return result(rest)
    case "substr":
      let start = integer(1) >= 0 ? integer(1) : Int128(scalars.count) + integer(1) + 1
      let count = values.count > 2 ? integer(2) : Int128.max / 2
      guard count >= 0 else { return Result(nil) }
      return result(scalars.indices.filter { start <= $0 + 1 && $0 + 1 < start + count }.map { scalars[$0] })
    case "left", "right":
      let all = Int128(scalars.count)
      let count = Int(min(all, max(0, integer(1) >= 0 ? integer(1) : all + integer(1))))
      return result(name == "left" ? scalars.prefix(count) : scalars.suffix(count))
    case "starts_with": return Result(.truth(scalars.starts(with: other)))
    case "ends_with": return Result(.truth(scalars.reversed().starts(with: other.reversed())))
    case "contains": return Result(.truth(!places.isEmpty))
    case "same_value":
      let (one, two) = (String(String.UnicodeScalarView(scalars)), String(String.UnicodeScalarView(other)))
      let numbers = [one, two].map { text in
        Literal.number(text).flatMap { $0.isNaN ? nil : $0 }
      }
      let whole = [one, two].map { Int128($0) }
      let isSameWhole = whole[0] == nil || whole[1] == nil || whole[0] == whole[1]
      return Result(.truth(one == two || numbers[0] != nil && numbers[0] == numbers[1] && isSameWhole))
    case "strpos": return Result(.integer(Int64((places.min() ?? -1) + 1)))
    case "reverse": return result(scalars.reversed())
    case "replace":
      guard !other.isEmpty else { return Result(values[0]) }
      var made: [Unicode.Scalar] = []
      var index = 0
      while index < scalars.count {
        if scalars[index...].starts(with: other) {
          made += (values[2].text ?? "").unicodeScalars
          index += other.count
        } else {
          made.append(scalars[index])
          index += 1
        }
      }
      return result(made)
    default: return nil
    }
  }

  private static func ofNumbers(_ name: String, _ values: [SlowValue]) -> Result? {
    if values.count == 2, case .integer(let a) = values[0], case .integer(let b) = values[1] {
      switch name {
      case "%": return Result(b == 0 ? nil : .integer(b == -1 ? 0 : a % b))
      case "*":
        let product = a.multipliedFullWidth(by: b)
        let isNarrow = product.high == (product.low > UInt64(Int64.max) ? -1 : 0)
        return Result(isNarrow ? .integer(Int64(bitPattern: product.low)) : nil)
      default: return nil
      }
    }
    if case .integer(let a) = values[0] {
      switch name {
      case "abs": return Result(a == .min ? nil : .integer(a < 0 ? -a : a))
      case "sign": return Result(.integer(a == 0 ? 0 : a > 0 ? 1 : -1))
      default: return nil
      }
    }
    guard case .number(let x) = values[0] else { return nil }
    let y = values.count > 1 ? values[1].number ?? 0 : 0
    func number(_ value: Double?) -> Result { Result(value.map { .number($0) }) }
    switch name {
    case "+": return number(x + y)
    case "-": return number(values.count == 1 ? -x : x - y)
    case "*": return number(x * y)
    case "/": return number(y == 0 ? nil : x / y)
    case "%": return number(y == 0 ? nil : fmod(x, y))
    case "abs": return number(fabs(x))
    case "sign": return number(x.isNaN || x == 0 ? x : x < 0 ? -1 : 1)
    case "round":
      guard values.count > 1 else { return number(Foundation.round(x)) }
      return number(rounded(x, Int(values[1].integer ?? 0)))
    case "floor": return number(Foundation.floor(x))
    case "ceil": return number(Foundation.ceil(x))
    case "trunc": return number(Foundation.trunc(x))
    case "sqrt": return number(x < 0 ? nil : Foundation.sqrt(x))
    case "exp": return number(Foundation.exp(x))
    case "ln": return number(x <= 0 ? nil : log(x))
    case "log10": return number(x <= 0 ? nil : Foundation.log10(x))
    case "log2": return number(x <= 0 ? nil : Foundation.log2(x))
    case "power":
      let power = Foundation.pow(x, y)
      return number((x == 0 && y < 0) || (power.isNaN && !x.isNaN && !y.isNaN) ? nil : power)
    case "is_nan": return Result(.truth(x != x))
    case "is_finite": return Result(.truth(x - x == 0))
    case "is_inf": return Result(.truth(x == .infinity || x == -.infinity))
    default: return nil
    }
  }

  private static func rounded(_ x: Double, _ digits: Int) -> Double {
    guard x.isFinite else { return x }
    if digits < -308 { return 0 }
    if digits <= 0 {
      return Foundation.round(x / Foundation.pow(10, Double(-digits))) * Foundation.pow(10, Double(-digits))
    }
    let scaled = x * Foundation.pow(10, Double(min(digits, 308)))
    return scaled.magnitude >= 4_503_599_627_370_496
      ? x : Foundation.round(scaled) / Foundation.pow(10, Double(min(digits, 308)))
  }

  private static func cast(_ value: SlowValue, _ function: RowFunction.Overload) -> SlowValue? {
    guard case .value(let source) = function.parameters[0], let target = function.result.ofColumn else { return value }
    switch (source, value) {
    case _ where source == function.result: return value
    case (.string, .text(let text)): return read(text, as: target)
    case (.integer, .integer(let value)) where target == .boolean:
      return value == 0 ? .truth(false) : value == 1 ? .truth(true) : nil
    case (.integer, .integer(let value)): return target == .number ? .number(Double(value)) : .text(String(value))
    case (.number, .number(let value)):
      if target == .string { return .text(value.isNaN ? "nan" : "\(value)") }
      return value == value.rounded() && abs(value) < 0x1p63
        ? .integer(Int64(value)) : value == -0x1p63 ? .integer(.min) : nil
    case (.boolean, .truth(let value)):
      return target == .string
        ? .text("\(value)") : target == .integer ? .integer(value ? 1 : 0) : .number(value ? 1 : 0)
    default: return SlowCalendar.cast(value.integer ?? 0, from: source, to: target)
    }
  }
}

extension SlowValue {
  /// An integer where a number is wanted.
  func converted(to type: RowType) -> SlowValue {
    if type == .number, case .integer(let value) = self { .number(Double(value)) } else { self }
  }
}
