extension TextFormat {
  static let currency = TextFormat(
    "currency",
    "A code of ISO 4217 for a currency, fund or metal that is in use, in upper case. Withdrawn codes (DEM, HRK) are none.",
    good: ["EUR", "USD", "JPY", "XAU"], bad: ["DEM", "eur", "US$", "978", "BTC"], isCurrency)
}

private func isCurrency(_ text: Span<UInt8>) -> Bool { CodeSet.currencies.contains(text) }

extension CodeSet {
  /// ISO 4217, table A.1, as of January 2026.
  fileprivate static let currencies = CodeSet(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX
    YER ZAR ZMW ZWG
    """)
}
