import Foundation

/// The date form of JSON bodies, signatures and access policies, such as `2023-11-05T08:49:37.1234567Z`, always in UTC.
enum ISO8601 {
    static func string(_ date: Date) -> String {
        let time = CivilTime(date)
        let calendar = "\(time.year.padded(4))-\(time.month.padded(2))-\(time.day.padded(2))"
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        return "\(calendar)T\(clock).\(time.ticks.padded(7))Z"
    }

    /// Reads a day, or a day and a time with minutes, seconds or fractions of a second, as Azure takes them in a shared
    /// access signature; `nil` for all else.
    static func date(_ text: String) -> Date? {
        let halves = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        let calendar = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard calendar.count == 3, let year = calendar[0].digits(4), let month = calendar[1].digits(2),
            let day = calendar[2].digits(2)
        else { return nil }
        var time = CivilTime(year: year, month: month, day: day)
        guard halves.count == 2 else { return time.date }

        guard halves[1].last == "Z" else { return nil }
        let clock = halves[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2 || clock.count == 3, let hour = clock[0].digits(2), let minute = clock[1].digits(2)
        else { return nil }
        (time.hour, time.minute) = (hour, minute)
        if clock.count == 3 {
            let parts = clock[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard let second = parts[0].digits(2) else { return nil }
            time.second = second
            if parts.count == 2 {
                guard (1...7).contains(parts[1].count), let fraction = parts[1].digits(parts[1].count) else {
                    return nil
                }
                time.ticks = (parts[1].count..<7).reduce(fraction) { value, _ in value * 10 }
            }
        }
        return time.date
    }
}

extension Substring {
    /// The number that exactly `count` decimal digits write.
    fileprivate func digits(_ count: Int) -> Int? {
        utf8.count == count && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? Int(self) : nil
    }
}
