import ArgumentParser

/// A length of time as people write it: `90`, `90s`, `10m`, `1.5h`.
struct TimeBudget: ExpressibleByArgument, Equatable {
    let seconds: Double

    /// In hours: eight weeks, Azure's longest.
    private static let longest = 1_344.0

    init(seconds: Double) {
        self.seconds = seconds
    }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        let unit = argument.last.flatMap { units[$0] }
        guard let value = Double(unit == nil ? argument : String(argument.dropLast())), value > 0,
            value * (unit ?? 1) <= Self.longest * 3_600
        else { return nil }
        seconds = value * (unit ?? 1)
    }

    /// As a person would say it.
    var text: String {
        let whole = Int(seconds.rounded())
        if whole < 120 { return "\(whole) s" }
        if whole < 7200 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    var defaultValueDescription: String { text }
}
