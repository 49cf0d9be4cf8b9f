import Foundation

/// A moment as calendar and clock show it in UTC.
///
/// Dates stand in every answer and every signature, so they are computed directly rather than by a formatter with its
/// locale and its lock.
struct CivilTime: Equatable, Sendable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int = 0
    var minute: Int = 0
    var second: Int = 0

    /// Ten-millionths of a second, the finest step that Azure writes.
    var ticks: Int = 0

    static let ticksPerSecond = 10_000_000

    init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The calendar is the proleptic Gregorian one; years are counted from March, so that a leap day is the last of its
    /// year (Hinnant, "chrono-compatible low-level date algorithms").
    init(_ date: Date) {
        let total = Int((date.timeIntervalSince1970 * Double(Self.ticksPerSecond)).rounded())
        let seconds = total.floorDivided(by: Self.ticksPerSecond)
        let days = seconds.floorDivided(by: 86_400)
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let secondOfDay = seconds - days * 86_400
        (hour, minute, second) = (secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60)
        ticks = total - seconds * Self.ticksPerSecond
    }

    /// `nil` for what no calendar or clock shows, such as a 30th of February.
    var date: Date? {
        guard (1...12).contains(month), (1...daysInMonth).contains(day), (0...23).contains(hour),
            (0...59).contains(minute), (0...59).contains(second), (0..<Self.ticksPerSecond).contains(ticks)
        else { return nil }
        let seconds = daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + Double(ticks) / Double(Self.ticksPerSecond))
    }

    /// 0 for Sunday to 6 for Saturday.
    var weekday: Int {
        // The first of January 1970 was a Thursday.
        let shifted = daysSince1970 + 4
        return shifted - shifted.floorDivided(by: 7) * 7
    }

    private var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.floorDivided(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private var daysInMonth: Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension Int {
    /// Division that rounds towards negative infinity, for a positive divisor.
    fileprivate func floorDivided(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }

    /// Decimal digits with leading zeros.
    func padded(_ width: Int) -> String {
        let digits = String(self)
        return digits.count < width ? String(repeating: "0", count: width - digits.count) + digits : digits
    }
}
