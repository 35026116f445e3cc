internal import JSON

/// The element types of the Open Inference Protocol, version 2, and Triton's BF16.
enum Datatype: String, Sendable, CaseIterable {
  case bool = "BOOL"
  case uint8 = "UINT8"
  case uint16 = "UINT16"
  case uint32 = "UINT32"
  case uint64 = "UINT64"
  case int8 = "INT8"
  case int16 = "INT16"
  case int32 = "INT32"
  case int64 = "INT64"
  case fp16 = "FP16"
  case bf16 = "BF16"
  case fp32 = "FP32"
  case fp64 = "FP64"
  case bytes = "BYTES"

  /// How the elements are written in JSON.
  enum Family: Sendable {
    case boolean, integer, floating, text
  }

  var family: Family {
    switch self {
    case .bool: .boolean
    case .bytes: .text
    case .fp16, .bf16, .fp32, .fp64: .floating
    default: .integer
    }
  }

  var isNumeric: Bool { family == .integer || family == .floating }

  /// Whether a number, whole where the type is, lies in the range of the type.
  func holds(_ number: JSONNumber) -> Bool {
    switch self {
    case .uint8: number.int64.map { UInt8(exactly: $0) != nil } ?? false
    case .uint16: number.int64.map { UInt16(exactly: $0) != nil } ?? false
    case .uint32: number.int64.map { UInt32(exactly: $0) != nil } ?? false
    case .uint64: UInt64(number.literal) != nil || (0..<0x1p64).contains(number.double)
    case .int8: number.int64.map { Int8(exactly: $0) != nil } ?? false
    case .int16: number.int64.map { Int16(exactly: $0) != nil } ?? false
    case .int32: number.int64.map { Int32(exactly: $0) != nil } ?? false
    case .int64: number.int64 != nil
    case .fp16: number.double.magnitude <= Double(Float16.greatestFiniteMagnitude)
    case .bf16, .fp32: number.double.magnitude <= Double(Float.greatestFiniteMagnitude)
    case .bool, .fp64, .bytes: true
    }
  }

  /// How far two numbers may differ and still be the same in this type: half a step on each side. Nil for types that
  /// JSON carries exactly.
  var precision: Tolerance? {
    switch self {
    case .fp16: Tolerance(relative: 0x1p-10)
    case .bf16: Tolerance(relative: 0x1p-7)
    case .fp32: Tolerance(relative: 0x1p-23)
    default: nil
    }
  }
}
