extension TextFormat {
  static let creditCard = TextFormat(
    "credit_card",
    "Digits with the Luhn check digit, whose first ones and length are those of a card network; single spaces or hyphens may stand between groups.",
    good: [
      "4111111111111111", "4111 1111 1111 1111", "3782-822463-10005", "5555555555554444", "6011000990139424",
      "3530111333300000",
    ],
    bad: [
      "4111111111111112", "1234567812345670", "41111111111111116", "4111 1111-1111 1111", "4111  1111 1111 1111",
      "0000000000000000",
    ], isCreditCard)
}

/// ISO/IEC 7812-1. Of test numbers nothing is known here: they are cards as any other.
func isCreditCard(_ text: Span<UInt8>) -> Bool {
  guard let digits = ungrouped(text, separators: " -", limit: 19), digits.count >= 12,
    digits.allSatisfy(ASCII.isDigit), hasLuhnDigit(digits)
  else { return false }
  let issuer = parseDigits(digits.span, 0..<6) ?? 0
  return networks.contains { $0.issuers.contains(issuer) && $0.lengths.contains(digits.count) }
}

/// Whether the last digit is that of the formula by Luhn: from the right every second digit counts twice, and the sum of
/// all digits of the products ends in 0.
func hasLuhnDigit(_ digits: [UInt8]) -> Bool {
  var sum = 0
  for (place, digit) in digits.reversed().enumerated() {
    let value = Int(digit - 0x30) << (place % 2)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 == 0
}

/// The first six digits of the networks' cards and how many there are in all.
private let networks: [(issuers: ClosedRange<Int>, lengths: Set<Int>)] = [
  (400_000...499_999, [13, 16, 19]),  // Visa
  (510_000...559_999, [16]), (222_100...272_099, [16]),  // Mastercard
  (340_000...349_999, [15]), (370_000...379_999, [15]),  // American Express
  (601_100...601_199, Set(16...19)), (644_000...659_999, Set(16...19)),  // Discover
  (300_000...305_999, Set(14...19)), (309_500...309_599, Set(14...19)),  // Diners Club
  (360_000...369_999, Set(14...19)), (380_000...399_999, Set(14...19)),
  (352_800...358_999, Set(16...19)),  // JCB
  (620_000...629_999, Set(16...19)), (810_000...819_999, Set(16...19)),  // UnionPay
  (500_000...509_999, Set(12...19)), (560_000...589_999, Set(12...19)),  // Maestro, and Verve and Elo beside it
  (630_000...639_999, Set(12...19)), (670_000...679_999, Set(12...19)),
  (220_000...220_499, Set(16...19)),  // Mir
  (606_985...608_500, [16]), (820_000...829_999, [16]),  // RuPay
  (979_200...979_289, [16]),  // Troy
  (100_000...199_999, [15]),  // UATP
]
