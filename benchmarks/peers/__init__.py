"""One physical problem, in our text and in that of other frameworks.

    min  Σ_r (Σ_k a_k·cap[r,k] + a_B·store[r]) + Σ_{r,t} (p_E·import[r,t] + p_G·gas[r,t])
    electricity  pv + wind + import − hp/COP − charge + discharge + Σ_in η·flow − Σ_out flow = load
    heat         boiler + hp = heat load                  gas   gas = boiler / η_boiler
    limits       pv, wind ≤ availability · cap            boiler, hp ≤ cap
    store        level[t] = (1 − λ)·level[t − 1] + η_S·charge − discharge / η_S, cyclic
                 level ≤ store, charge and discharge ≤ store / 4

R regions on a ring, linked both ways with capacity F and efficiency η; T hours. The frameworks do
not make the same matrix of it (limits as rows, flows at both ends), and all reach the same optimum.
"""
