//! How far apart two positions are.

/// The mean radius of the earth.
const RADIUS_KM: f64 = 6371.0;

/// Kilometres between two positions (degrees north and east) along a great circle.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half = |x: f64| (x.to_radians() / 2.0).sin().powi(2);
    let h = half(b.0 - a.0) + lat_a.cos() * lat_b.cos() * half(b.1 - a.1);
    2.0 * RADIUS_KM * h.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_is_111_km() {
        let d = kilometres((0.0, 179.5), (0.0, -179.5));
        assert!((d - 111.19).abs() < 0.1, "{d}");
        assert!(kilometres((90.0, 0.0), (-90.0, 7.0)) > 20_000.0);
    }
}
