/* The two loops that torch is slow at: the light recurrence and the chain CRF.
 * Compiled on first use by kernels.py. All arrays are dense, row-major, f32. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

static inline float sigm(float x) { return 1.0f / (1.0f + expf(-x)); }

/* u: [T, 2*4*H] columns: direction, then block (z, f, r, x), then channel.
 * vb: [2, 4, H] = v_f, v_r, b_f, b_r for each direction. h, c: [T, 2*H]. */
void scan_forward(const float *u, const float *vb, const int *off, int nseq, int H, float *h, float *c) {
    for (int s = 0; s < nseq; s++)
        for (int d = 0; d < 2; d++) {
            const float *vf = vb + d * 4 * H, *vr = vf + H, *bf = vr + H, *br = bf + H;
            float prev[H];
            memset(prev, 0, sizeof(float) * H);
            int n = off[s + 1] - off[s];
            for (int k = 0; k < n; k++) {
                int t = d ? off[s + 1] - 1 - k : off[s] + k;
                const float *z = u + (size_t)t * 8 * H + d * 4 * H, *f = z + H, *r = f + H, *x = r + H;
                float *hh = h + (size_t)t * 2 * H + d * H, *cc = c + (size_t)t * 2 * H + d * H;
                for (int i = 0; i < H; i++) {
                    float fg = sigm(f[i] + vf[i] * prev[i] + bf[i]);
                    float rg = sigm(r[i] + vr[i] * prev[i] + br[i]);
                    float cn = z[i] + fg * (prev[i] - z[i]);
                    cc[i] = cn;
                    hh[i] = x[i] + rg * (cn - x[i]);
                    prev[i] = cn;
                }
            }
        }
}

void scan_backward(const float *u, const float *vb, const int *off, int nseq, int H, const float *c,
                   const float *dh, float *du, float *dvb) {
    for (int s = 0; s < nseq; s++)
        for (int d = 0; d < 2; d++) {
            const float *vf = vb + d * 4 * H, *vr = vf + H, *bf = vr + H, *br = bf + H;
            float *gvf = dvb + d * 4 * H, *gvr = gvf + H, *gbf = gvr + H, *gbr = gbf + H;
            float carry[H], zero[H];
            memset(carry, 0, sizeof(float) * H);
            memset(zero, 0, sizeof(float) * H);
            int n = off[s + 1] - off[s];
            for (int k = n - 1; k >= 0; k--) {
                int t = d ? off[s + 1] - 1 - k : off[s] + k;
                int tp = d ? t + 1 : t - 1;
                const float *z = u + (size_t)t * 8 * H + d * 4 * H, *f = z + H, *r = f + H, *x = r + H;
                float *dz = du + (size_t)t * 8 * H + d * 4 * H, *df = dz + H, *dr = df + H, *dx = dr + H;
                const float *cc = c + (size_t)t * 2 * H + d * H, *g = dh + (size_t)t * 2 * H + d * H;
                const float *pp = k ? c + (size_t)tp * 2 * H + d * H : zero;
                for (int i = 0; i < H; i++) {
                    float p = pp[i];
                    float fg = sigm(f[i] + vf[i] * p + bf[i]);
                    float rg = sigm(r[i] + vr[i] * p + br[i]);
                    float gr = g[i] * (cc[i] - x[i]) * rg * (1 - rg);
                    float gc = g[i] * rg + carry[i];
                    float gf = gc * (p - z[i]) * fg * (1 - fg);
                    dx[i] = g[i] * (1 - rg);
                    dr[i] = gr;
                    df[i] = gf;
                    dz[i] = gc * (1 - fg);
                    carry[i] = gc * fg + vf[i] * gf + vr[i] * gr;
                    gvf[i] += gf * p;
                    gvr[i] += gr * p;
                    gbf[i] += gf;
                    gbr[i] += gr;
                }
            }
        }
}

static float lse(const float *a, int n) {
    float m = a[0];
    for (int i = 1; i < n; i++) if (a[i] > m) m = a[i];
    float s = 0;
    for (int i = 0; i < n; i++) s += expf(a[i] - m);
    return m + logf(s);
}

/* Negative log likelihood of a chain CRF with K states, and its gradients (accumulated).
 * e: [T, K], trans: [K, K] from, to; start: [K]. weight: one factor a sequence. */
float crf(const float *e, const int *tags, const int *off, int nseq, int K, const float *trans, const float *start,
          const float *weight, float *de, float *dtrans, float *dstart) {
    double loss = 0;
    float tmp[K];
    for (int s = 0; s < nseq; s++) {
        int a = off[s], n = off[s + 1] - off[s];
        float w = weight[s];
        if (n == 0 || w == 0) continue;
        float *al = malloc(sizeof(float) * n * K), *be = malloc(sizeof(float) * n * K);
        const float *x = e + (size_t)a * K;
        for (int k = 0; k < K; k++) al[k] = x[k] + start[k];
        for (int t = 1; t < n; t++)
            for (int k = 0; k < K; k++) {
                for (int j = 0; j < K; j++) tmp[j] = al[(t - 1) * K + j] + trans[j * K + k];
                al[t * K + k] = lse(tmp, K) + x[t * K + k];
            }
        float Z = lse(al + (n - 1) * K, K);
        for (int k = 0; k < K; k++) be[(n - 1) * K + k] = 0;
        for (int t = n - 2; t >= 0; t--)
            for (int j = 0; j < K; j++) {
                for (int k = 0; k < K; k++) tmp[k] = trans[j * K + k] + x[(t + 1) * K + k] + be[(t + 1) * K + k];
                be[t * K + j] = lse(tmp, K);
            }
        double gold = start[tags[a]] + x[tags[a]];
        for (int t = 1; t < n; t++) gold += trans[tags[a + t - 1] * K + tags[a + t]] + x[t * K + tags[a + t]];
        loss += w * (Z - gold);
        for (int t = 0; t < n; t++) {
            for (int k = 0; k < K; k++) {
                float p = expf(al[t * K + k] + be[t * K + k] - Z);
                de[(size_t)(a + t) * K + k] += w * p;
                if (t == 0) dstart[k] += w * p;
            }
            de[(size_t)(a + t) * K + tags[a + t]] -= w;
            if (t == 0) dstart[tags[a]] -= w;
            else {
                for (int j = 0; j < K; j++)
                    for (int k = 0; k < K; k++)
                        dtrans[j * K + k] += w * expf(al[(t - 1) * K + j] + trans[j * K + k] + x[t * K + k] + be[t * K + k] - Z);
                dtrans[tags[a + t - 1] * K + tags[a + t]] -= w;
            }
        }
        free(al);
        free(be);
    }
    return (float)loss;
}

/* Best path; out: [T]. */
void viterbi(const float *e, const int *off, int nseq, int K, const float *trans, const float *start, int *out) {
    for (int s = 0; s < nseq; s++) {
        int a = off[s], n = off[s + 1] - off[s];
        if (n == 0) continue;
        int *bp = malloc(sizeof(int) * n * K);
        float cur[K], nxt[K];
        for (int k = 0; k < K; k++) cur[k] = e[(size_t)a * K + k] + start[k];
        for (int t = 1; t < n; t++) {
            for (int k = 0; k < K; k++) {
                int b = 0;
                float best = cur[0] + trans[k];
                for (int j = 1; j < K; j++) {
                    float v = cur[j] + trans[j * K + k];
                    if (v > best) { best = v; b = j; }
                }
                bp[t * K + k] = b;
                nxt[k] = best + e[(size_t)(a + t) * K + k];
            }
            memcpy(cur, nxt, sizeof(float) * K);
        }
        int b = 0;
        for (int k = 1; k < K; k++) if (cur[k] > cur[b]) b = k;
        for (int t = n - 1; t >= 0; t--) { out[a + t] = b; if (t) b = bp[t * K + b]; }
        free(bp);
    }
}
