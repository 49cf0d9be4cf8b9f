import Foundation

/// The date form of HTTP headers, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
enum HTTPDate {
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func string(_ date: Date) -> String {
        let time = CivilTime(Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)))
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        let calendar = "\(time.day.padded(2)) \(months[time.month - 1]) \(time.year.padded(4))"
        return "\(weekdays[time.weekday]), \(calendar) \(clock) GMT"
    }

    /// `nil` for anything but this form. The weekday is not compared: it says nothing that the date does not.
    static func date(_ text: String) -> Date? {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," })
        guard words.count == 6, words[5] == "GMT" || words[5] == "UTC", let day = Int(words[1]),
            let month = months.firstIndex(of: String(words[2])), words[3].count == 4, let year = Int(words[3])
        else { return nil }
        let clock = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let hour = Int(clock[0]), let minute = Int(clock[1]), let second = Int(clock[2])
        else { return nil }
        var time = CivilTime(year: year, month: month + 1, day: day)
        // A leap second is a moment of the second after.
        (time.hour, time.minute, time.second) = (hour, minute, min(second, 59))
        return time.date
    }
}
