//! Toponyms: found, told apart from governments, and placed on the map.
