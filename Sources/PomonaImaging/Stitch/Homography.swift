/// A projective mapping of the plane, as two photos of something flat, or two photos from one place, differ by.
struct Homography: Equatable {
    /// `[3, 3]`, row by row.
    var values: [Double]

    static let identity = Homography(values: [1, 0, 0, 0, 1, 0, 0, 0, 1])

    func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        let depth = values[6] * x + values[7] * y + values[8]
        return (
            (values[0] * x + values[1] * y + values[2]) / depth, (values[3] * x + values[4] * y + values[5]) / depth
        )
    }

    /// Which side of the horizon a point is on; mappings are only of use where it does not change.
    func depth(_ x: Double, _ y: Double) -> Double { values[6] * x + values[7] * y + values[8] }

    /// First the other, then this one.
    static func * (first: Homography, second: Homography) -> Homography {
        var product = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 {
                for inner in 0..<3 {
                    product[row * 3 + column] += first.values[row * 3 + inner] * second.values[inner * 3 + column]
                }
            }
        }
        return Homography(values: product)
    }

    /// The way back; `nil` where several points fall on one.
    var inverse: Homography? {
        let v = values
        let adjugate = [
            v[4] * v[8] - v[5] * v[7], v[2] * v[7] - v[1] * v[8], v[1] * v[5] - v[2] * v[4],
            v[5] * v[6] - v[3] * v[8], v[0] * v[8] - v[2] * v[6], v[2] * v[3] - v[0] * v[5],
            v[3] * v[7] - v[4] * v[6], v[1] * v[6] - v[0] * v[7], v[0] * v[4] - v[1] * v[3],
        ]
        let determinant = v[0] * adjugate[0] + v[1] * adjugate[3] + v[2] * adjugate[6]
        guard abs(determinant) > 1e-12 else { return nil }
        return Homography(values: adjugate.map { $0 / determinant })
    }
}

/// Two points that show the same place in two photos.
struct PointPair {
    var from: (x: Double, y: Double)
    var to: (x: Double, y: Double)
}

extension Homography {
    /// The mapping that brings the first points of pairs nearest to their second ones: the direct linear transformation on
    /// points moved and scaled to one size (Hartley, "In Defense of the Eight-Point Algorithm", 1997).
    ///
    /// - Returns: `nil` for fewer than four pairs, and for points from which it does not follow.
    init?(_ pairs: [PointPair]) {
        guard pairs.count >= 4 else { return nil }
        let (from, to) = (Frame(pairs.map(\.from)), Frame(pairs.map(\.to)))
        // The normal equations of eight unknowns; the ninth is 1, which it can be where the origin, now the centre of the
        // points, is not at the horizon.
        var matrix = [Double](repeating: 0, count: 64)
        var right = [Double](repeating: 0, count: 8)
        for pair in pairs {
            let ((x, y), (u, v)) = (from(pair.from), to(pair.to))
            for (row, target) in [
                ([x, y, 1, 0, 0, 0, -u * x, -u * y], u), ([0, 0, 0, x, y, 1, -v * x, -v * y], v),
            ] {
                for i in 0..<8 {
                    right[i] += row[i] * target
                    for j in 0..<8 { matrix[i * 8 + j] += row[i] * row[j] }
                }
            }
        }
        guard let solution = LinearSystem.solve(matrix, right) else { return nil }
        self = to.back * Homography(values: solution + [1]) * from.there
    }

    /// Brings points around the origin, at the root of two from it on average.
    private struct Frame {
        var x = 0.0
        var y = 0.0
        var scale = 1.0

        init(_ points: [(x: Double, y: Double)]) {
            let count = Double(points.count)
            x = points.reduce(0) { $0 + $1.x } / count
            y = points.reduce(0) { $0 + $1.y } / count
            let mean =
                points.reduce(0) { sum, point in
                    sum + ((point.x - x) * (point.x - x) + (point.y - y) * (point.y - y)).squareRoot()
                } / count
            scale = mean > 0 ? 2.0.squareRoot() / mean : 1
        }

        func callAsFunction(_ point: (x: Double, y: Double)) -> (Double, Double) {
            ((point.x - x) * scale, (point.y - y) * scale)
        }

        var there: Homography { Homography(values: [scale, 0, -x * scale, 0, scale, -y * scale, 0, 0, 1]) }
        var back: Homography { Homography(values: [1 / scale, 0, x, 0, 1 / scale, y, 0, 0, 1]) }
    }
}

/// Systems of a few linear equations.
enum LinearSystem {
    /// Elimination with row exchange.
    ///
    /// - Parameter matrix: `[n, n]`, row by row.
    /// - Returns: `nil` where there is not one solution.
    static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
        let count = right.count
        var (a, b) = (matrix, right)
        for column in 0..<count {
            let rows = column..<count
            guard let pivot = rows.max(by: { abs(a[$0 * count + column]) < abs(a[$1 * count + column]) }),
                abs(a[pivot * count + column]) > 1e-10
            else { return nil }
            if pivot != column {
                for place in 0..<count { a.swapAt(pivot * count + place, column * count + place) }
                b.swapAt(pivot, column)
            }
            for row in column + 1..<count {
                let factor = a[row * count + column] / a[column * count + column]
                guard factor != 0 else { continue }
                for place in column..<count { a[row * count + place] -= factor * a[column * count + place] }
                b[row] -= factor * b[column]
            }
        }
        for row in (0..<count).reversed() {
            for place in row + 1..<count { b[row] -= a[row * count + place] * b[place] }
            b[row] /= a[row * count + row]
        }
        return b
    }
}
