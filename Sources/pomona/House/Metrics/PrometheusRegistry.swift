import CoreMetrics
import Synchronization

/// Keeps what the server counts and measures, and writes it in Prometheus' text form (exposition format 0.0.4).
final class PrometheusRegistry: MetricsFactory {
    /// A metric's name with the values of its labels.
    struct Series: Hashable {
        var name: String
        var labels: String
    }

    fileprivate enum Value {
        case counter(Double)
        case gauge(Double)
        case histogram(Histogram)
    }

    private let values = Mutex<[Series: Value]>([:])

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(registry: self, series: Self.series(label, dimensions, ending: "_total"), isCounter: true)
    }

    func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        Handler(registry: self, series: Self.series(label, dimensions, ending: "_total"), isCounter: true)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Handler(registry: self, series: Self.series(label, dimensions))
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(registry: self, series: Self.series(label, dimensions))
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(registry: self, series: Self.series(label, dimensions, ending: "_seconds"))
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    // MARK: Recording

    func add(_ amount: Double, to series: Series) {
        values.withLock { values in
            if case .counter(let sum) = values[series] {
                values[series] = .counter(sum + amount)
            } else {
                values[series] = .counter(amount)
            }
        }
    }

    func set(_ value: Double, of series: Series) {
        values.withLock { $0[series] = .gauge(value) }
    }

    func change(_ series: Series, by amount: Double) {
        values.withLock { values in
            let before: Double = if case .gauge(let value) = values[series] { value } else { 0 }
            values[series] = .gauge(before + amount)
        }
    }

    func observe(_ value: Double, in series: Series) {
        values.withLock { values in
            var histogram: Histogram =
                if case .histogram(let known) = values[series] { known } else { Histogram() }
            histogram.observe(value)
            values[series] = .histogram(histogram)
        }
    }

    func reset(_ series: Series) {
        values.withLock { $0[series] = nil }
    }

    // MARK: Writing

    /// - Parameter gauges: values that are looked up only when somebody asks.
    func text(with gauges: [(name: String, labels: [(String, String)], value: Double)] = []) -> String {
        var all = values.withLock { $0 }
        for gauge in gauges { all[Self.series(gauge.name, gauge.labels)] = .gauge(gauge.value) }
        let byName = Dictionary(grouping: all, by: \.key.name).sorted { $0.key < $1.key }
        var lines: [String] = []
        for (name, members) in byName {
            guard let kind = members.first?.value.kind else { continue }
            lines.append("# TYPE \(name) \(kind)")
            for (series, value) in members.sorted(by: { $0.key.labels < $1.key.labels }) {
                lines += value.lines(name, series.labels)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func series(
        _ label: String, _ dimensions: [(String, String)], ending: String = ""
    ) -> Series {
        let name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "_" })
        let labels = dimensions.map { key, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(key.replacing(".", with: "_"))=\"\(escaped)\""
        }
        return Series(
            name: name.hasSuffix(ending) ? name : name + ending, labels: labels.joined(separator: ","))
    }

    /// How often something took how long.
    fileprivate struct Histogram {
        /// Upper bounds in seconds.
        static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60]
        var counts = [Int](repeating: 0, count: bounds.count)
        var count = 0
        var sum = 0.0

        mutating func observe(_ value: Double) {
            count += 1
            sum += value
            for (place, bound) in Self.bounds.enumerated() where value <= bound { counts[place] += 1 }
        }
    }
}

extension PrometheusRegistry.Value {
    fileprivate var kind: String {
        switch self {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    fileprivate func lines(_ name: String, _ labels: String) -> [String] {
        func line(_ ending: String, _ more: String, _ value: String) -> String {
            let all = [labels, more].filter { !$0.isEmpty }.joined(separator: ",")
            return "\(name)\(ending)\(all.isEmpty ? "" : "{\(all)}") \(value)"
        }
        switch self {
        case .counter(let value), .gauge(let value): return [line("", "", "\(value)")]
        case .histogram(let histogram):
            let buckets = zip(type(of: histogram).bounds, histogram.counts).map {
                line("_bucket", "le=\"\($0)\"", "\($1)")
            }
            return buckets + [
                line("_bucket", "le=\"+Inf\"", "\(histogram.count)"), line("_sum", "", "\(histogram.sum)"),
                line("_count", "", "\(histogram.count)"),
            ]
        }
    }
}

/// One series as the metrics' interface wants it.
private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private let registry: PrometheusRegistry
    private let series: PrometheusRegistry.Series

    private let isCounter: Bool

    init(registry: PrometheusRegistry, series: PrometheusRegistry.Series, isCounter: Bool = false) {
        self.registry = registry
        self.series = series
        self.isCounter = isCounter
    }

    func increment(by amount: Int64) { registry.add(Double(amount), to: series) }
    func increment(by amount: Double) {
        // The same function serves counters and meters; only a meter may go down again.
        if isCounter { registry.add(amount, to: series) } else { registry.change(series, by: amount) }
    }
    func decrement(by amount: Double) { registry.change(series, by: -amount) }
    func set(_ value: Int64) { registry.set(Double(value), of: series) }
    func set(_ value: Double) { registry.set(value, of: series) }
    func record(_ value: Int64) { registry.observe(Double(value), in: series) }
    func record(_ value: Double) { registry.observe(value, in: series) }
    func recordNanoseconds(_ duration: Int64) { registry.observe(Double(duration) / 1e9, in: series) }
    func reset() { registry.reset(series) }
}
